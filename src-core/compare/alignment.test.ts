import fc from 'fast-check';
import { diffArrays } from 'diff';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonValue } from '../json.ts';
import { EditableStream } from '../testing/mutators/editable-stream.ts';
import { type Alignment, alignEvents } from './alignment.ts';
import { EventKeys, KeyTable, type KeyColumns } from './event-keys.ts';
import {
  alignedBytes,
  bytesOf,
  chatOf,
  framesOf,
  joined,
  readStream,
  rowsOf,
  streamOf,
} from '../testing/compared-bytes.ts';

const NAMES = [
  'seed-person.sse',
  'fantasy-openai-gpt-4o-multi-tool-streaming-0.sse',
  'pyd-openai-responses-moderation-stream.sse',
  'prism-openai-stream-with-provider-tool-1.sse',
  'prism-anthropic-stream-with-citations-1.sse',
  'rig-messages-tool-args-nested-arguments-streaming.sse',
  'dotnet-chat-streamingstructuredrefusalworks.sse',
  'fantasy-avian-kimi-multi-tool-streaming-0.sse',
  'fbvertex-googleai-streaming-failure-recitation-no-content.sse',
  'fantasy-gpt-oss-120b-simple-streaming.ndjson',
];

describe.each(NAMES)('a changed copy of %s', (name) => {
  const bytes = bytesOf(name);
  const frames = framesOf(bytes);
  const last = frames.length - 1;

  it('without one event: that one is lost', () => {
    const found: string[] = [];
    for (let at = 1; at <= last; at++) {
      const rows = rowsOf(alignedBytes(bytes, joined(frames.filter((_, seq) => seq !== at))));
      if (rows.length !== 1 || !isOf(frames, at, rows[0]!, /^lost (\d+) -$/))
        found.push(`${at}: ${rows.join(', ')}`);
    }
    expect(found).toEqual([]);
  });

  it('with one event twice: one is inserted', () => {
    const found: string[] = [];
    for (let at = 1; at <= last; at++) {
      const twice = [...frames.slice(0, at + 1), frames[at]!, ...frames.slice(at + 1)];
      const rows = rowsOf(alignedBytes(bytes, joined(twice)));
      if (rows.length !== 1 || !isOf(twice, at, rows[0]!, /^inserted - (\d+)$/))
        found.push(`${at}: ${rows.join(', ')}`);
    }
    expect(found).toEqual([]);
  });

  it('with two events swapped: one is lost and inserted', () => {
    const found: string[] = [];
    for (let at = 1; at < last; at++) {
      if (plain(frames[at]!) === plain(frames[at + 1]!)) continue;
      const swapped = [...frames];
      [swapped[at], swapped[at + 1]] = [frames[at + 1]!, frames[at]!];
      const { lost, inserted, changed, cut } = alignedBytes(bytes, joined(swapped)).counts;
      if (lost !== 1 || inserted !== 1 || changed + cut > 0)
        found.push(`${at}: ${rowsOf(alignedBytes(bytes, joined(swapped))).join(', ')}`);
    }
    expect(found).toEqual([]);
  });

  it('with other ids, times and padding is the same', () => {
    const other = EditableStream.of(bytes).pieces.map(({ value, frame, gap }) => {
      if (Object.keys(value).length === 0) return joined([frame, gap]);
      return new TextEncoder().encode(`data: ${JSON.stringify(otherRun(value))}\n\n`);
    });
    expect(rowsOf(alignedBytes(bytes, joined(other)))).toEqual([]);
  });
});

/** Whether a row names the event, or one that says the same beside it: which of them is lost is one. */
function isOf(frames: readonly Uint8Array[], at: number, row: string, form: RegExp): boolean {
  const seq = form.exec(row)?.[1];
  return seq !== undefined && plain(frames[Number(seq)]!) === plain(frames[at]!);
}

/** A frame without what two events in a row never have in common. */
function plain(frame: Uint8Array): string {
  return new TextDecoder()
    .decode(frame)
    .replace(/"(sequence_number|created_at|created)":"?[\w.:-]+"?/g, '')
    .replace(/"obfuscation":"[^"]*"/g, '')
    .replace(/"logprobs":\[.*?\]/g, '');
}

/** The same event of another run. */
function otherRun(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(otherRun);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, one]) => {
        if (/^(id|.*_id|obfuscation|responseId)$/.test(name) && typeof one === 'string')
          return [name, `other-${one}`];
        if (/^(created|created_at|completed_at)$/.test(name) && typeof one === 'number')
          return [name, one + 1000];
        if (name === 'usage' && isObject(one)) return [name, { ...one, input_tokens: 12345 }];
        return [name, otherRun(one ?? null)];
      }),
  );
}

describe('text that is cut otherwise', () => {
  it('is no difference: rows are paired by the place in the text', () => {
    const a = streamOf(chatOf(['Hel', 'lo wor', 'ld, and ', 'more', '.']));
    const b = streamOf(chatOf(['Hello', ' world', ', and more', '.'], 'chatcmpl-2'));
    expect(rowsOf(alignedBytes(a, b))).toEqual(['cut 1 1', 'cut 2 2', 'cut 3 3', 'cut 4 -']);
  });

  it('stays so where another event stands between the pieces', () => {
    const pieces = chatOf(['Hel', 'lo wor', 'ld']);
    const keepalive = { ...(pieces[0] as object), choices: [] };
    const a = streamOf([...pieces.slice(0, 3), keepalive, ...pieces.slice(3)]);
    const b = streamOf(chatOf(['Hello', ' world']));
    const { counts } = alignedBytes(a, b);
    expect(counts).toMatchObject({ lost: 1, inserted: 0, changed: 0 });
  });

  it('is told from text that is lost', () => {
    const pieces = ['One ', 'two ', 'three ', 'four ', 'five ', 'six'];
    const a = streamOf(chatOf(pieces));
    const b = streamOf(chatOf(['One tw', 'o ', 'three ', 'fi', 've si', 'x']));
    const rows = rowsOf(alignedBytes(a, b));
    expect(rows).toContain('lost 4 -');
    expect(rows.filter((row) => !row.startsWith('cut'))).toHaveLength(1);
  });
});

it('pairs events of one type with other content as changed', () => {
  const a = chatOf(['The ', 'cat', ' sat']);
  const b = chatOf(['The ', 'dog', ' sat']);
  expect(rowsOf(alignedBytes(streamOf(a), streamOf(b)))).toEqual(['changed 2 2']);
});

it('counts what a live stream has not brought yet as pending', () => {
  const a = streamOf(chatOf(['The ', 'cat', ' sat']));
  const b = streamOf(chatOf(['The ', 'cat', ' sat']).slice(0, 2));
  expect(rowsOf(alignedBytes(a, b, { a: false, b: true }))).toEqual([
    'pending 2 -',
    'pending 3 -',
    'pending 4 -',
  ]);
  expect(alignedBytes(a, b).counts.lost).toBe(3);
});

function expectWhole({ count, a, b, kind, rowOfA, rowOfB }: Alignment, lengths: [number, number]) {
  const [seqsA, seqsB] = [[...a].filter((seq) => seq >= 0), [...b].filter((seq) => seq >= 0)];
  expect(seqsA).toEqual(Array.from({ length: lengths[0] }, (_, seq) => seq));
  expect(seqsB).toEqual(Array.from({ length: lengths[1] }, (_, seq) => seq));
  expect(kind).toHaveLength(count);
  seqsA.forEach((seq) => expect(a[rowOfA[seq]!]).toBe(seq));
  seqsB.forEach((seq) => expect(b[rowOfB[seq]!]).toBe(seq));
}

const pieces = fc.array(fc.constantFrom('a', 'b', 'ab', ' ', 'c', ''), { maxLength: 30 });

it('has every event of both once, in order, and calls the same what is the same', () => {
  fc.assert(
    fc.property(pieces, pieces, (one, other) => {
      const [bytesA, bytesB] = [streamOf(chatOf(one)), streamOf(chatOf(other))];
      const aligned = alignedBytes(bytesA, bytesB);
      expectWhole(aligned, [one.length + 2, other.length + 2]);
      if (one.join('') === other.join('')) {
        const { changed, lost, inserted } = aligned.counts;
        // Only a piece without text has no place that tells where it belongs.
        if (!one.includes('') && !other.includes('')) expect(changed + lost + inserted).toBe(0);
      }
      expect(alignedBytes(bytesA, bytesA).counts.same).toBe(one.length + 2);
    }),
    { numRuns: 150 },
  );
});

it('stays linear where nothing is alike', () => {
  const length = 20_000;
  const columns = (from: number): KeyColumns => ({
    count: length,
    exact: Int32Array.from({ length }, (_, seq) => from + ((seq * 7919) % 1000)),
    coarse: Int32Array.from({ length }, (_, seq) => seq % 3),
    lane: new Int32Array(length).fill(-1),
    start: new Uint32Array(length),
    end: new Uint32Array(length),
    lanes: [],
  });
  const [one, other] = [columns(0), columns(500)];
  let longest = 0;
  const counting: typeof diffArrays = ((a: number[], b: number[], options: object) => {
    longest = Math.max(longest, (options as { maxEditLength: number }).maxEditLength);
    return diffArrays(a, b, options);
  }) as typeof diffArrays;
  const aligned = alignEvents(one, other, counting);
  expectWhole(aligned, [length, length]);
  expect(longest).toBeLessThanOrEqual(1000);
  expect(aligned.coarse).toBeGreaterThan(0);
});

it('finds more changes than the diff takes at once, in a text whose words come again and again', () => {
  const length = 20_000;
  // Numbers that look drawn by chance, of 500.
  const drawn = (seq: number) => (Math.imul(seq, 2654435761) >>> 8) % 500;
  const columns = (changed: boolean): KeyColumns => ({
    count: length,
    exact: Int32Array.from({ length }, (_, seq) =>
      changed && seq % 20 === 7 ? 1000 : drawn(seq ^ (seq >>> 3)),
    ),
    coarse: new Int32Array(length),
    lane: new Int32Array(length).fill(-1),
    start: new Uint32Array(length),
    end: new Uint32Array(length),
    lanes: [],
  });
  const { counts, coarse } = alignEvents(columns(false), columns(true), diffArrays);
  expect(counts).toMatchObject({ same: 19_000, changed: 1000, lost: 0, inserted: 0 });
  expect(coarse).toBe(0);
});

it('reads data that is no JSON', () => {
  const text = (line: string) => new TextEncoder().encode(`data: ${line}\n\ndata: [DONE]\n\n`);
  expect(rowsOf(alignedBytes(text('{"a":'), text('{"a":')))).toEqual([]);
  expect(rowsOf(alignedBytes(text('{"a":'), text('{"b":')))).toEqual(['changed 0 0']);
  const stream = readStream(text(`${'['.repeat(5000)}${']'.repeat(5000)}`));
  const keys = new EventKeys(stream, new KeyTable());
  keys.readOn(Infinity);
  expect(keys.count).toBe(2);
});
