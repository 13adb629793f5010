import { laneAddress } from '../../src-core/index/event-index.ts';
import { parseJson } from '../../src-core/json.ts';
import type { Call, Command } from '../command.ts';
import { EventTable } from '../inspect/event-table.ts';
import { eachSource } from '../sources/each-source.ts';
import type { Source } from '../sources/source.ts';
import { ByteWindow } from '../stream/byte-window.ts';
import { type EventRow, EventRows } from '../stream/event-row.ts';
import { readStream } from '../stream/read-stream.ts';
import { typeTest } from '../stream/type-test.ts';

export const inspect: Command = {
  name: 'inspect',
  summary: 'list the events of a stream',
  usage: '[OPTION...] [FILE...]',
  description: [
    'Lists every event: its number, its time in milliseconds, the server’s sequence number, its type, ' +
      'the lane it writes to, its bytes, and what it says. On a terminal lines are cut to its width; ' +
      'into a file or a pipe go the same columns, whole, with a tab between them and no heading.',
    'Times are empty where none were recorded: files and pasted text have none, captures and pipes do.',
  ],
  options: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: ['table', 'jsonl'],
      text: 'table (the default), or jsonl: one JSON object a line with all that is known of the event, its data included.',
    },
    {
      name: 'type',
      short: 't',
      value: 'PATTERN',
      many: true,
      text: 'Only events of this type; * stands for anything. May be given several times.',
    },
  ],
  examples: [
    { command: 'deltascope inspect examples/person.sse', text: 'All events.' },
    {
      command: "deltascope inspect --type '*.done' examples/web-search.sse",
      text: 'Only those that finish something.',
    },
    {
      command: 'deltascope inspect -f jsonl examples/person.sse | jq -r .type | sort | uniq -c',
      text: 'Counts types with other tools.',
    },
    {
      command: 'curl -N https://api.example.com/v1/responses ... | deltascope inspect -',
      text: 'Lists a live stream as it arrives.',
    },
  ],
  async run(call) {
    return eachSource(call, (source) => list(call, source));
  },
};

async function list(call: Call, source: Source): Promise<void> {
  const { stdout } = call.console;
  const window = new ByteWindow();
  const rows = new EventRows(window, source.isTimed);
  const wanted = typeTest(call.values.list('type'));
  const isJson = call.values.value('format') === 'jsonl';
  const print = isJson ? jsonLines(call) : tableLines(call, source.isTimed);
  const name = call.inputs.length > 1 || source.streams > 1 ? source.name : null;
  await readStream(source, call.values, {
    bytes: (bytes) => window.append(bytes),
    async batch(batch) {
      for (const row of rows.of(batch)) {
        if (!wanted(row.type)) continue;
        print(row, name);
        if (stdout.isFull) await stdout.flush();
      }
      const last = batch.count - 1;
      window.release(last < 0 ? 0 : batch.columns.end[last]!);
      await stdout.flush();
    },
  });
}

type Print = (row: EventRow, file: string | null) => void;

function tableLines({ console, style }: Call, isTimed: boolean): Print {
  const table = new EventTable(console.stdout, style, isTimed);
  return (row, file) => table.print(row, file);
}

function jsonLines({ console }: Call): Print {
  return (row, file) => {
    const { seq, type, timeUs, sequenceNumber, lane, start, end, data } = row;
    const facts = {
      ...(file !== null && { file }),
      seq,
      type,
      timeUs,
      sequenceNumber,
      lane: lane && { kind: lane.kind, address: laneAddress(lane), response: lane.response },
      start,
      end,
    };
    const rest = parseJson(data) === undefined ? `"text":${JSON.stringify(data)}` : jsonField(data);
    console.stdout.line(`${JSON.stringify(facts).slice(0, -1)},${rest}}`);
  };
}

/**
 * The JSON text as it came: printed anew, -0 and numbers with more digits than a double has would be
 * others. Line ends stand between its tokens only.
 */
function jsonField(data: string): string {
  return `"data":${data.replace(/[\n\r]/g, ' ').trim()}`;
}
