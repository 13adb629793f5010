import { describe, expect, test } from 'vitest';
import type { CaptureMeta, ConnectionTiming } from '../capture.ts';
import type { JsonObject } from '../json.ts';
import {
  created,
  ended,
  itemAdded,
  message,
  partAdded,
  text,
  textDone,
} from '../testing/events.ts';
import { responsesRecordings } from '../testing/recordings.ts';
import { IndexedStream } from '../testing/indexed-stream.ts';
import { type TimedChunk, timedStream } from '../testing/timed-stream.ts';
import { CSV_HEADER, csvPieces } from './csv.ts';
import { DeltaLog } from './delta-log.ts';
import type { Gap } from './gaps.ts';
import { perSecond, spanOf } from './rates.ts';
import { type LatencyReport, reportOf } from './report.ts';
import { reportText } from './report-text.ts';

const reasoning = (delta: string): JsonObject => ({
  type: 'response.reasoning_summary_text.delta',
  output_index: 0,
  summary_index: 0,
  delta,
});

function measured(
  chunks: readonly TimedChunk[],
  meta: Partial<CaptureMeta> = {},
  thresholdMs = 500,
): { report: LatencyReport; log: DeltaLog } & ReturnType<typeof timedStream> {
  const stream = timedStream(chunks, { rhythm: meta.timed === false });
  const { index, byteCount } = stream;
  const log = new DeltaLog(index);
  log.extend(Infinity);
  const facts = { timed: true, timing: null, end: null, ...meta };
  const thresholdUs = thresholdMs * 1000;
  return { ...stream, log, report: reportOf({ index, log, meta: facts, byteCount, thresholdUs }) };
}

const gap = (us: number, before: number, after: number): Gap => ({ us, before, after });

/** Reasoning, a pause of 700 ms, then text of which three deltas come at once. */
const stream: TimedChunk[] = [
  [100, created], // 0
  [110, itemAdded(0, { id: 'rs', type: 'reasoning', summary: [] })], // 1
  [150, reasoning('Let')], // 2
  [180, reasoning(' me')], // 3
  [200, itemAdded(1, message()), partAdded(1, 0)], // 4, 5
  [880, text('Hel', 1)], // 6
  [900, text('lo', 1), text(' ', 1), text('you', 1)], // 7, 8, 9
  [1000, text('!', 1), textDone('Hello you!', 1)], // 10, 11
  [1010, ended('completed')], // 12
];

describe('gaps', () => {
  const { report } = measured(stream);

  test('between deltas are the times since the delta before, in whatever lane', () => {
    // 30, 700, 20, 0, 0, 100 ms; sorted 0 0 20 30 100 700: place 3 is the median.
    expect(report.deltaGaps).toEqual({
      count: 6,
      p50: gap(20_000, 6, 7),
      p95: gap(700_000, 3, 6),
      p99: gap(700_000, 3, 6),
      max: gap(700_000, 3, 6),
    });
    expect(report.deltas).toBe(7);
  });

  test('between chunks leave out deltas of the same chunk', () => {
    // 30, 700, 20, 100 ms: the median is in place 2.
    expect(report.chunkGaps).toEqual({
      count: 4,
      p50: gap(30_000, 2, 3),
      p95: gap(700_000, 3, 6),
      p99: gap(700_000, 3, 6),
      max: gap(700_000, 3, 6),
    });
  });

  test('of a lane are between its own deltas', () => {
    const [summary, answer] = report.lanes;
    expect(summary).toEqual({
      lane: 0,
      deltas: 2,
      characters: 6,
      spread: { count: 1, ...same(gap(30_000, 2, 3)) },
    });
    // 20, 0, 0, 100 ms.
    expect(answer).toEqual({
      lane: 1,
      deltas: 5,
      characters: 10,
      spread: {
        count: 4,
        p50: gap(0, 7, 8),
        p95: gap(100_000, 9, 10),
        p99: gap(100_000, 9, 10),
        max: gap(100_000, 9, 10),
      },
    });
  });

  test('between events count all events', () => {
    // 10 40 30 20 0 680 20 0 0 100 0 10: sorted, place 6 of 12 is 10.
    expect(report.eventGaps).toMatchObject({ count: 12, p50: { us: 10_000 } });
    expect(report.eventGaps!.max).toEqual(gap(680_000, 5, 6));
  });

  test('are listed from the largest on', () => {
    expect(report.largest.map(({ us }) => us / 1000)).toEqual([700, 100, 30, 20, 0, 0]);
    expect(report.largest[0]).toEqual(gap(700_000, 3, 6));
  });

  test('are counted by order of size, the longest of each with its event', () => {
    const filled = report.histogram.filter(({ count }) => count > 0);
    expect(filled.map(({ fromUs, count, longestSeq }) => [fromUs, count, longestSeq])).toEqual([
      [0, 2, 8],
      [20_000, 2, 3],
      [100_000, 1, 10],
      [500_000, 1, 6],
    ]);
    // Buckets without a gap stand between them, so that the axis is even.
    expect(report.histogram.map(({ toUs }) => toUs).slice(-2)).toEqual([500_000, 1_000_000]);
  });

  const same = (one: Gap) => ({ p50: one, p95: one, p99: one, max: one });
});

describe('stalls', () => {
  test.each([
    [500, { count: 1, totalUs: 700_000 }],
    [700, { count: 1, totalUs: 700_000 }],
    [701, { count: 0, totalUs: 0 }],
    [100, { count: 2, totalUs: 800_000 }],
  ])('of %i ms or more', (thresholdMs, expected) => {
    const { stalls } = measured(stream, {}, thresholdMs).report;
    expect(stalls).toEqual({ thresholdUs: thresholdMs * 1000, ...expected });
  });
});

describe('phases', () => {
  const timing: ConnectionTiming = {
    dnsUs: 2_000,
    connectUs: 12_000,
    tlsUs: 30_000,
    sentUs: 31_000,
    firstByteUs: 95_000,
  };
  const end = { kind: 'closed', atUs: 1_020_000, code: null, message: '' } as const;

  test('go on from one another', () => {
    const { report } = measured(stream, { timing, end });
    expect(report.phases.map(({ name, fromUs, atUs, seq }) => [name, fromUs, atUs, seq])).toEqual([
      ['dns', 0, 2_000, null],
      ['connect', 2_000, 12_000, null],
      ['tls', 12_000, 30_000, null],
      ['sent', 30_000, 31_000, null],
      ['firstByte', 31_000, 95_000, null],
      ['firstEvent', 95_000, 100_000, 0],
      ['firstReasoning', 100_000, 150_000, 2],
      ['firstText', 150_000, 880_000, 6],
      ['lastEvent', 880_000, 1_010_000, 12],
      ['end', 1_010_000, 1_020_000, null],
    ]);
    expect(report.totalUs).toBe(1_020_000);
  });

  test('that did not happen are left out', () => {
    const { report } = measured([[5, created]], {
      timing: { ...timing, dnsUs: null, tlsUs: null },
    });
    const names = report.phases.map(({ name }) => name);
    expect(names).toEqual(['firstEvent', 'lastEvent', 'connect', 'sent', 'firstByte']);
    expect(report.totalUs).toBe(5_000);
  });

  test('take no empty delta for the first text, and a whole text for one', () => {
    const { report } = measured([
      [1, text('')],
      [2, text('')],
      [3, textDone('whole')],
      [4, text('x', 1)],
    ]);
    expect(report.phases.find(({ name }) => name === 'firstText')).toMatchObject({ seq: 2 });
    // The empty ones came all the same.
    expect(report.deltas).toBe(3);
    expect(report.characters).toBe(1);
  });

  test('take a refusal and arguments for text, the output of a tool for none', () => {
    const shell = {
      type: 'response.shell_call_output_content.delta',
      output_index: 0,
      command_index: 0,
      delta: { stdout: 'out' },
    };
    const refusal = {
      type: 'response.refusal.delta',
      output_index: 1,
      content_index: 0,
      delta: 'No',
    };
    const args = { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{' };
    for (const event of [refusal, args]) {
      const { phases } = measured([
        [1, shell],
        [2, event],
      ]).report;
      expect(phases.find(({ name }) => name === 'firstText')).toMatchObject({ seq: 1 });
    }
  });
});

describe('rates', () => {
  test('leave out what was there with the first delta', () => {
    const { report, index } = measured(stream);
    // "Hel" at 880 ms, seven characters more until 1000 ms: 7 / 0.12 s.
    const { text: answer } = report.stretches;
    const span = spanOf(index, answer)!;
    expect(span).toEqual({ fromSeq: 6, toSeq: 10, us: 120_000 });
    expect(perSecond(answer.characters, answer, span)).toBeCloseTo(7 / 0.12, 9);
    // 20 tokens, spread over ten characters.
    expect(perSecond(20, answer, span)).toBeCloseTo((20 * 0.7) / 0.12, 9);
  });

  test('are none where everything came at once', () => {
    const { report, index } = measured([[10, created, text('a'), text('b')]]);
    expect(spanOf(index, report.stretches.text)).toBeNull();
    expect(spanOf(index, report.stretches.reasoning)).toBeNull();
  });
});

describe('sizes', () => {
  test('of chunks are their bytes, of events their frames', () => {
    const { report, chunkSizes, index } = measured(stream);
    const sorted = [...chunkSizes].sort((a, b) => a - b);
    expect(report.chunkBytes).toMatchObject({
      count: 9,
      p50: { value: sorted[4] },
      max: { value: sorted[8] },
    });
    const largest = chunkSizes.indexOf(sorted[8]!);
    expect(index.columns.chunk[report.chunkBytes!.max.seq]).toBe(largest);
    // 1 1 1 1 2 1 3 2 1 events in a chunk.
    expect(report.chunkEvents).toEqual({
      count: 9,
      p50: { value: 1, seq: 0 },
      p95: { value: 3, seq: 7 },
      p99: { value: 3, seq: 7 },
      max: { value: 3, seq: 7 },
    });
    expect(report.eventBytes!.count).toBe(13);
  });

  test('tell of buffering where most deltas share a chunk', () => {
    const many = Array.from({ length: 10 }, () => text('ab'));
    const grouped = measured([
      [1, created],
      [2, ...many],
      [3, ...many],
      [4, ...many],
    ]).report;
    expect(grouped.buffering).toContain('27 of 30 deltas');
    expect(grouped.buffering).toContain('at most 10 events');
    const single = Array.from({ length: 30 }, (_, at): TimedChunk => [at, text('ab')]);
    expect(measured(single).report.buffering).toBeNull();
    // Few deltas in one chunk are what a short answer looks like.
    expect(measured([[1, ...many]]).report.buffering).toBeNull();
  });
});

describe('a capture without recorded times', () => {
  const { report, index, log } = measured(stream, { timed: false });

  test('has sizes and characters, but nothing that is made of times', () => {
    expect(report).toMatchObject({ timed: false, events: 13, deltas: 7, characters: 16 });
    expect(report.phases).toEqual([]);
    expect(report.totalUs).toBeNull();
    expect([report.eventGaps, report.deltaGaps, report.chunkGaps]).toEqual([null, null, null]);
    expect([report.largest, report.histogram]).toEqual([[], []]);
    expect([report.chunkBytes, report.chunkEvents, report.buffering]).toEqual([null, null, null]);
    expect(report.eventBytes).toMatchObject({ count: 13 });
  });

  test('says so in text, and leaves times empty in CSV', () => {
    const printed = reportText('a.sse', report, index, null);
    expect(printed).toContain('Arrival times were not recorded.');
    expect(printed).not.toMatch(/ms\b/);
    const rows = [...csvPieces(index, log, false)].join('').split('\r\n');
    expect(rows[1]).toBe('2,,,,0/0,reasoning_summary,3');
  });
});

describe('a stream of another protocol', () => {
  const other = (text: string) => ({ token: { text } });
  const { report, index, log } = measured([
    [10, other('a')],
    [30, other('b')],
    [35, other('c')],
  ]);

  test('has gaps between events, and no deltas', () => {
    expect(report).toMatchObject({ deltas: 0, ofDeltas: false, deltaGaps: null });
    expect(report.largest).toEqual([gap(20_000, 0, 1), gap(5_000, 1, 2)]);
    expect(report.phases.map(({ name }) => name)).toEqual(['firstEvent', 'lastEvent']);
  });

  test('has a row of CSV for each event', () => {
    const rows = [...csvPieces(index, log, true)].join('');
    expect(rows).toBe(
      `${CSV_HEADER}\r\n0,10000,,0,,,\r\n1,30000,20000,1,,,\r\n2,35000,5000,2,,,\r\n`,
    );
  });
});

describe('copied', () => {
  const { report, index, log } = measured(stream);

  test('as CSV, each delta has a row', () => {
    const rows = [...csvPieces(index, log, true)].join('').split('\r\n');
    expect(rows).toEqual([
      'seq,time_us,gap_us,chunk,lane,kind,characters',
      '2,150000,,2,0/0,reasoning_summary,3',
      '3,180000,30000,3,0/0,reasoning_summary,3',
      '6,880000,700000,5,1/0,output_text,3',
      '7,900000,20000,6,1/0,output_text,2',
      '8,900000,0,6,1/0,output_text,1',
      '9,900000,0,6,1/0,output_text,3',
      '10,1000000,100000,7,1/0,output_text,1',
      '',
    ]);
  });

  test('as text, columns are aligned', () => {
    const tokens = { source: 'usage', output: 9, reasoning: 5, text: 4 } as const;
    const printed = reportText('x', report, index, tokens);
    const lines = printed.split('\n');
    const start = lines.findIndex((line) => line.startsWith('gaps (ms)'));
    const table = lines.slice(start, start + 6);
    expect(table[0]).toMatch(/^gaps \(ms\) +gaps +p50/);
    // The names of the pane.
    const names = table.slice(1).map((line) => /^\S+( [^\s\d]+)*( \d+\/\d+)?/.exec(line)![0]);
    expect(names).toEqual([
      ...['events', 'deltas', 'between chunks'],
      ...['reasoning summary 0/0', 'output text 1/0'],
    ]);
    const ends = table.map((line) => line.lastIndexOf('#3 -> #6'));
    expect(table[2]).toMatch(/^deltas +6 +20\.00 +700\.00 +700\.00 +700\.00 +#3 -> #6$/);
    expect(ends[2]).toBe(ends[3]);
    expect(printed).toContain('Stalls of 500.00 ms or more between deltas: 1, 700.00 ms together');
    expect(printed).toMatch(/output tokens \(usage\) +9$/m);
    expect(printed).not.toContain('estimated');
  });
});

describe('a log that is read in pieces', () => {
  test.each(responsesRecordings().map(({ name, bytes }) => [name, bytes] as const))(
    'is that of %s read at once',
    (_name, bytes) => {
      const cuts = { chunks: [700, 90, 9000], batches: [1, 2] };
      const { index } = new IndexedStream(bytes, cuts);
      const once = new DeltaLog(index);
      once.extend(Infinity);
      const pieces = new DeltaLog(index);
      for (let size = 1; !pieces.isCaughtUp; size = (size * 3) % 17) pieces.extend(size);
      const meta = { timed: true, timing: null, end: null };
      const input = { index, meta, byteCount: bytes.length, thresholdUs: 1000 };
      const report = reportOf({ ...input, log: pieces });
      expect(report).toEqual(reportOf({ ...input, log: once }));
      // Deltas bring what their texts are long, unless a final text changed or brought it.
      const { count, max } = report.deltaGaps ?? { count: 0, max: null };
      expect(count).toBe(Math.max(0, report.deltas - 1));
      if (max) expect(max.us).toBe(report.largest[0]!.us);
    },
  );
});
