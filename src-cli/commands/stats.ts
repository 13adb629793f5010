import type { Command } from '../command.ts';
import { eachSource } from '../sources/each-source.ts';
import { statsJson } from '../stats/stats-json.ts';
import { statsText } from '../stats/stats-text.ts';
import { streamStats } from '../stats/stream-stats.ts';
import { readWhole } from '../stream/whole-stream.ts';

export const stats: Command = {
  name: 'stats',
  summary: 'count and measure a stream',
  usage: '[OPTION...] [FILE...]',
  description: [
    'Counts events by type and the texts that were written (lanes), and tells the tokens as the server ' +
      'counts them. Where times were recorded, or the stream comes through a pipe, also when the first ' +
      'event and the first text came, the gaps between events, stalls of a second and more, and rates.',
  ],
  options: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: ['text', 'jsonl'],
      text: 'text (the default), or jsonl: one JSON object for each stream; times in microseconds.',
    },
  ],
  examples: [
    { command: 'deltascope stats examples/web-search.sse', text: 'A recording.' },
    {
      command: 'curl -sN https://api.example.com/v1/responses ... | deltascope stats -',
      text: 'How fast a server is, measured here.',
    },
    {
      command: "deltascope stats -f jsonl examples/*.sse | jq -r '[.name, .events] | @tsv'",
      text: 'One line for each of several.',
    },
  ],
  async run(call) {
    const { stdout } = call.console;
    const isJson = call.values.value('format') === 'jsonl';
    let isFirst = true;
    return eachSource(call, async (source) => {
      const { stream, indexer } = await readWhole(source, call.values);
      const facts = streamStats(stream, indexer);
      if (isJson) stdout.line(JSON.stringify(statsJson(facts)));
      else stdout.write(`${isFirst ? '' : '\n'}${statsText(facts, stream, call.style)}`);
      isFirst = false;
      await stdout.flush();
    });
  },
};
