import type { Command } from '../command.ts';
import { capturedJson } from '../console/captured-text.ts';
import { InputError, UsageError } from '../failure.ts';
import { eachSource } from '../sources/each-source.ts';
import { readWhole } from '../stream/whole-stream.ts';

export const snapshot: Command = {
  name: 'snapshot',
  summary: 'print the object that a stream amounts to at an event',
  usage: '[--at N] [OPTION...] [FILE...]',
  description: [
    'Prints, as JSON, the object that a client had put together after an event: the Response, the ' +
      'chat completion, the message. Of a live stream nothing beyond that event is waited for.',
  ],
  options: [
    {
      name: 'at',
      value: 'N',
      text: 'The number of the event, from 0, as inspect lists it. Left out: the last one.',
    },
    { name: 'compact', text: 'On one line.' },
  ],
  examples: [
    { command: 'deltascope snapshot --at 8 examples/person.sse', text: 'After the ninth event.' },
    {
      command: 'deltascope snapshot examples/person.sse | jq .usage',
      text: 'What the whole stream amounts to.',
    },
  ],
  async run(call) {
    const { console, values } = call;
    const at = eventNumber(values.value('at'));
    const indent = values.flag('compact') ? undefined : 2;
    return eachSource(call, async (source) => {
      const { stream } = await readWhole(source, values, async ({ index }) => index.count <= at);
      const { count } = stream.index;
      if (at !== Infinity && at >= count)
        throw new InputError(
          `${source.name} has no event ${at}: its last one is ${count - 1}.`,
          'Events are counted from 0.',
        );
      const seq = Math.min(at, count - 1);
      const object = stream.snapshotAt(seq);
      if (!object)
        throw new InputError(
          `${source.name} amounts to no object at event ${seq}: no event up to there tells of one.`,
          'inspect lists what there is.',
        );
      console.stdout.line(capturedJson(source.name, object, indent));
      await console.stdout.flush();
    });
  },
};

/** Infinity for the last one. */
function eventNumber(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(
    `--at can't be ${JSON.stringify(text)}.`,
    'It is the number of an event, from 0: deltascope inspect lists them.',
  );
}
