import { describe, expect, test } from 'vitest';
import { dialectOf } from '../dialects/dialects.ts';
import { isObject } from '../json.ts';
import {
  created,
  ended,
  itemAdded,
  itemDone,
  message,
  partAdded,
  text,
} from '../testing/events.ts';
import { eventsOf, IndexedStream } from '../testing/indexed-stream.ts';
import { recordings, responsesRecordings } from '../testing/recordings.ts';
import { frameOf, streamOf } from '../testing/streams.ts';
import { EventFlag } from './batch.ts';
import type { EventIndex } from './event-index.ts';
import { Indexer } from './indexer.ts';
import { OpenBatch } from './open-batch.ts';

const utf8 = new TextEncoder();
const indexed = (body: string, cuts = {}) => new IndexedStream(utf8.encode(body), cuts);

/** The names of the flags of an event. */
/** Problems left out: these streams are too small to keep to their protocol. */
function flagsOf(stream: IndexedStream, seq: number): string[] {
  return Object.entries(EventFlag)
    .filter(([name, bit]) => name !== 'problem' && stream.index.has(seq, bit))
    .map(([name]) => name);
}

describe('the columns of every recording', () => {
  const all = [...recordings('.sse'), ...responsesRecordings()];

  test.each(all.map(({ name, bytes }) => [name, bytes] as const))('%s', (_name, bytes) => {
    const chunks = [1500, 40, 16_384];
    const { index } = new IndexedStream(bytes, { chunks, batches: [2, 1] });
    const ends = chunkEnds(bytes.length, chunks);
    const { columns } = index;
    const plain = eventsOf(bytes);
    expect(index.count).toBe(plain.length);
    let chunkBefore = -1;
    const dialect = dialectOf(index.dialect);
    plain.forEach(({ frame, data, value }, seq) => {
      const range = [columns.start[seq], columns.end[seq], columns.dataStart[seq]];
      expect(range).toEqual([frame.start, frame.end, frame.dataStart]);
      expect(columns.dataEnd[seq]).toBe(frame.dataEnd);
      expect(index.typeOf(seq)).toBe(dialect.typeOf(value, frame.name, data));
      const sequence = isObject(value) ? value.sequence_number : undefined;
      expect(columns.sequence[seq]).toBe(typeof sequence === 'number' ? sequence : NaN);
      expect(index.has(seq, EventFlag.notJson)).toBe(value === undefined);
      expect(index.has(seq, EventFlag.multiline)).toBe(frame.dataLines > 1);
      // The blank line completes an event: the byte after the frame, or in a CRLF stream two.
      const chunk = columns.chunk[seq]!;
      expect(columns.timeUs[seq]).toBe(chunk * 1000);
      expect(ends[chunk]).toBeGreaterThan(frame.end);
      if (chunk > 0) expect(ends[chunk - 1]).toBeLessThanOrEqual(frame.end + 1);
      expect(index.has(seq, EventFlag.sameChunk)).toBe(chunk === chunkBefore);
      chunkBefore = chunk;
    });
  });
});

function chunkEnds(length: number, sizes: number[]): number[] {
  const ends: number[] = [];
  for (let at = 0, turn = 0; at < length; turn++) {
    at += sizes[turn % sizes.length]!;
    ends.push(Math.min(at, length));
  }
  return ends;
}

describe('lanes', () => {
  const lanesOf = (stream: IndexedStream) =>
    stream.index.lanes.map((lane) => [lane.generation, lane.firstSeq, lane.initial, lane.text]);

  test('grow with their deltas, and a final text that continues them', () => {
    const events = [created, itemAdded(0, message()), partAdded(0, 0), text('He'), text('l')];
    const done = { ...text(''), type: 'response.output_text.done', text: 'Hello' };
    const stream = new IndexedStream(streamOf([...events, done]));
    expect(lanesOf(stream)).toEqual([[0, 2, '', 'Hello']]);
    const lengths = [1, 2, 3, 4, 5].map((seq) => stream.index.laneLengthAt(0, seq));
    expect(lengths).toEqual([-1, 0, 2, 3, 5]);
  });

  test('are left for a new generation by a text that does not continue them', () => {
    const events = [created, itemAdded(0, message('')), text('Hello'), itemDone(0, message('Bye'))];
    const stream = new IndexedStream(streamOf([...events, text('!')]));
    expect(lanesOf(stream)).toEqual([
      [0, 1, '', 'Hello'],
      [1, 3, 'Bye', 'Bye!'],
    ]);
    expect(stream.index.lanesAt(2)).toEqual([0]);
    expect(stream.index.lanesAt(4)).toEqual([1]);
  });

  test('begin anew when their text is gone from the item', () => {
    const events = [created, itemAdded(0, message('')), text('Hello'), itemDone(0, message())];
    const stream = new IndexedStream(streamOf([...events, text('again')]));
    expect(lanesOf(stream)).toEqual([
      [0, 1, '', 'Hello'],
      [1, 4, '', 'again'],
    ]);
  });

  test('belong to their response', () => {
    const one = [created, itemAdded(0, message('')), text('one'), ended('completed')];
    const stream = new IndexedStream(streamOf([...one, ...one]));
    expect(stream.index.lanes.map(({ response, text }) => [response, text])).toEqual([
      [0, 'one'],
      [1, 'one'],
    ]);
    // Each response is four events long: with the fifth the second one begins, without any text.
    expect([2, 3, 4, 5, 6, 7].map((seq) => stream.index.lanesAt(seq))).toEqual([
      [0],
      [0],
      [],
      [1],
      [1],
      [1],
    ]);
    expect([3, 4, 7].map((seq) => stream.index.responseStart(seq))).toEqual([0, 4, 4]);
    const keepalive = { type: 'keepalive' };
    const late = new IndexedStream(streamOf([keepalive, ...one]));
    expect(late.index.lanes[0]!.response).toBe(0);
    const joined = new IndexedStream(streamOf([text('rest of the one before'), ...one]));
    expect(joined.index.lanes.map(({ response }) => response)).toEqual([0, 1]);
  });

  test('of one place are one lane, whatever the events call it', () => {
    const reasoning = { ...text('b'), type: 'response.reasoning_text.delta' };
    const stream = new IndexedStream(streamOf([text('a'), reasoning, text('c')]));
    expect(stream.index.lanes.map(({ kind, text }) => [kind, text])).toEqual([
      ['output_text', 'abc'],
    ]);
  });

  test('of a shell grow two at a time', () => {
    const delta = { stdout: 'out', stderr: 'err' };
    const type = 'response.shell_call_output_content.delta';
    const event = { type, output_index: 0, command_index: 0, delta };
    const { index } = new IndexedStream(streamOf([event]));
    expect(index.lanes.map((lane) => [lane.kind, lane.text])).toEqual([
      ['shell_stdout', 'out'],
      ['shell_stderr', 'err'],
    ]);
    expect(index.lanesWrittenBy(0)).toEqual([0]);
    expect(index.lanesWrittenBy(0, true)).toEqual([0, 1]);
  });
});

describe('the chunk columns', () => {
  test('say where each chunk begins, whatever batches they came in', () => {
    const bytes = streamOf([created, text('a'), text('b'), ended('completed')]);
    const sizes = [7, 300, 20];
    const { index } = new IndexedStream(bytes, { chunks: sizes, batches: [1, 3, 2] });
    const ends = chunkEnds(bytes.length, sizes);
    const { start, timeUs } = index.chunks;
    expect([...start.subarray(0, index.chunkCount)]).toEqual([0, ...ends.slice(0, -1)]);
    expect([...timeUs.subarray(0, index.chunkCount)]).toEqual(ends.map((_, turn) => turn * 1000));
  });

  test('count the bytes that go on in the same chunk as one', () => {
    const indexer = new Indexer();
    indexer.push(new Uint8Array(10), 5);
    indexer.takeBatch();
    indexer.push(new Uint8Array(4), 5, true);
    indexer.push(new Uint8Array(3), 9);
    const { chunks } = indexer.takeBatch();
    expect([[...chunks.start], [...chunks.timeUs]]).toEqual([[14], [9]]);
  });

  test('are empty where times are made up', () => {
    const { index } = new IndexedStream(streamOf([text('a')]), {}, { rhythm: true });
    expect(index.chunkCount).toBe(0);
  });
});

describe('the item column', () => {
  test('names the output index of what an event is about, -1 for none', () => {
    const status = { type: 'response.web_search_call.searching', output_index: 2 };
    const image = { type: 'response.image_generation_call.partial_image', output_index: 1 };
    const events = [created, itemAdded(3, message()), text('a', 3), status, image];
    const { index } = new IndexedStream(streamOf([...events, ended('completed')]));
    expect([...index.columns.item.subarray(0, 6)]).toEqual([-1, 3, 3, 2, 1, -1]);
  });
});

describe('flags', () => {
  test('say what arrived in one chunk, and where comments stood', () => {
    const body = `${frameOf({ a: 1 })}: one\n: two\n${frameOf({ a: 2 })}${frameOf({ a: 3 })}`;
    const stream = indexed(body, { chunks: [1000] });
    expect([0, 1, 2].map((seq) => flagsOf(stream, seq))).toEqual([
      [],
      ['comments', 'sameChunk'],
      ['sameChunk'],
    ]);
    expect(stream.index.commentsBefore(1)).toHaveLength(2);
    const { start, end } = stream.index.commentsBefore(1)[0]!;
    expect(body.slice(start, end)).toBe(': one');
    expect(stream.index.commentsBefore(2)).toEqual([]);
  });

  test('of bytes that go on in the same chunk', () => {
    const indexer = new Indexer();
    const frame = utf8.encode(frameOf({ a: 1 }));
    indexer.push(frame, 10);
    indexer.push(frame, 10, true);
    indexer.push(frame, 30);
    const { columns } = indexer.takeBatch();
    expect([...columns.flags]).toEqual([0, EventFlag.sameChunk, 0]);
    expect([...columns.chunk]).toEqual([0, 0, 1]);
    expect([...columns.timeUs]).toEqual([10, 10, 30]);
    expect(indexer.lastTimeUs).toBe(30);
  });

  test('say that data has several lines', () => {
    const stream = indexed('data: {"type":\ndata: "keepalive"}\n\n');
    expect(flagsOf(stream, 0)).toEqual(['multiline']);
    expect(stream.index.typeOf(0)).toBe('keepalive');
    expect(stream.dataOf(0)).toBe('{"type":\n"keepalive"}');
  });

  test('say which deltas bind, carry log probabilities, end the response', () => {
    const logprobs = [{ token: 'a', logprob: -1 }];
    const events = [created, text('a'), { ...text('b'), logprobs }, ended('completed')];
    const stream = new IndexedStream(streamOf(events), { chunks: [1] });
    expect(flagsOf(stream, 1)).toEqual(['structural', 'binds']);
    expect(flagsOf(stream, 2)).toEqual(['logprobs']);
    expect(flagsOf(stream, 3)).toEqual(['structural', 'terminal']);
  });
});

/** What is wrong with the bytes, and what events say of themselves. */
const wireProblems = ({ problems }: EventIndex) =>
  problems.filter(({ rule }) => rule.startsWith('W'));

describe('problems', () => {
  const failed = (code: string) => ended('failed', { error: { code, message: 'm' } });
  const body = (events: object[]) => events.map((event) => frameOf({ ...event })).join('');

  test.each([
    ['data: {"type":"keepalive"\n\n', 'W9', 0],
    ['data: {"type":"response.new"}\n\n', 'W10', 0],
    [body([ended('incomplete', { incomplete_details: { reason: 'max' } })]), 'W12', 0],
    [body([ended('failed', { error: { code: 'boom', message: 'm' } })]), 'W11', 0],
    [body([created, { type: 'error', code: 'quota', message: 'm' }]), 'W11', 1],
    [body([created, { type: 'error', error: { code: 'quota' } }]), 'W11', 1],
    [body([created, { type: 'error', code: 'a', message: 'm' }, failed('a')]), 'W11', 1],
  ])('%j has the problem %s at event %i', (stream, rule, seq) => {
    const { index } = indexed(stream);
    expect(wireProblems(index)).toHaveLength(1);
    const { start, end } = index.columns;
    const place = { seq, start: start[seq], end: end[seq] };
    expect(wireProblems(index)[0]).toMatchObject({ rule, ...place });
    expect(index.has(seq, EventFlag.problem)).toBe(true);
  });

  test('of the wire format sit on the event that follows', () => {
    const { index } = indexed(`${frameOf({ a: 1 })}what: 1\n\n${frameOf({ a: 2 })}`);
    expect(index.problems).toEqual([
      expect.objectContaining({ rule: 'W3', severity: 'warning', seq: 1 }),
    ]);
    expect([0, 1].map((seq) => index.has(seq, EventFlag.problem))).toEqual([false, true]);
  });

  test('are none where a plain stream holds plain text, [DONE] or types of its own', () => {
    expect(
      indexed('data: hello\n\ndata: {"type":"ping"}\n\ndata: [DONE]\n\n').index.problems,
    ).toEqual([]);
  });

  test('are listed up to a limit a rule, and counted beyond it', () => {
    const { index, indexer } = indexed('x: 1\n'.repeat(20_000));
    expect(index.problems.map(({ rule }) => rule)).toEqual([...Array(2_000).fill('W3'), 'W7']);
    expect(indexer.problemCount).toBe(20_001);
    expect(index.problemTally).toEqual([
      { rule: 'W3', severity: 'warning', count: 20_000 },
      { rule: 'W7', severity: 'error', count: 1 },
    ]);
  });
});

test('problems are listed up to a limit in all, and the first of a late rule beyond it', () => {
  const rules = Array.from({ length: 6 }, (_, at) => `R${at}`);
  const batch = new OpenBatch();
  for (const rule of rules)
    for (let seq = 0; seq < 3_000; seq++)
      batch.problem({ rule, severity: 'note', seq, start: 0, end: 0, message: '' });
  const listed = batch.take([]).problems;
  expect(rules.map((rule) => listed.filter((one) => one.rule === rule).length)).toEqual([
    ...[2_000, 2_000, 2_000, 2_000, 2_000, 100],
  ]);
  expect(batch.problemCount).toBe(18_000);
});

describe('a stream that is cut', () => {
  const whole = streamOf([created, text('a'), text('b'), ended('completed')]);

  test('keeps its events and says what was pending', () => {
    for (let cut = 0; cut <= whole.length; cut += 7) {
      const { index, indexer } = new IndexedStream(whole.subarray(0, cut));
      const complete = eventsOf(whole).filter(({ frame }) => frame.end < cut).length;
      expect(index.count).toBe(complete);
      const isAtBoundary = cut === 0 || eventsOf(whole).some(({ frame }) => frame.end + 1 === cut);
      expect(wireProblems(index).map(({ rule, seq, end }) => [rule, seq, end])).toEqual(
        isAtBoundary ? [] : [['W7', complete, cut]],
      );
      expect(indexer.streamStatus).toBe(complete === 4 ? 'completed' : 'streaming');
    }
  });
});

describe('the state of a stream', () => {
  test.each([
    [[created], 'streaming'],
    [[created, ended('completed')], 'completed'],
    [[created, ended('incomplete')], 'incomplete'],
    [[created, ended('failed')], 'failed'],
    [[created, { type: 'error' }], 'failed'],
    [[created, ended('failed'), created], 'streaming'],
  ])('of %j is %s', (events, status) => {
    const { indexer } = new IndexedStream(streamOf(events));
    expect(indexer.streamStatus).toBe(status);
    expect(indexer.dialect).toBe('responses');
    expect(indexer.model).toBe('m-1');
  });

  test('is read from the event name where the data has no type', () => {
    const { indexer } = indexed('event: response.completed\ndata: {"response":{}}\n\n');
    expect(indexer.streamStatus).toBe('completed');
  });

  test('of another protocol ends with [DONE], and its model is known', () => {
    const { indexer } = indexed('data: {"model":"chat-1"}\n\ndata: [DONE]\n\n');
    expect([indexer.streamStatus, indexer.model]).toEqual(['completed', 'chat-1']);
    expect(indexer.dialect).toBe('plain');
  });
});

describe('text in UTF-8', () => {
  const body = utf8.encode(frameOf(text('é😀\u2028ü')) + frameOf(text('漢字')));

  test('may be split anywhere between chunks', () => {
    for (let at = 1; at < body.length; at++) {
      const { index } = new IndexedStream(body, { chunks: [at, body.length] });
      expect(index.lanes[0]!.text).toBe('é😀\u2028ü漢字');
      expect([...index.columns.laneEnd.subarray(0, 2)]).toEqual([5, 7]);
      expect(wireProblems(index)).toEqual([]);
    }
  });

  test('that is damaged shows U+FFFD and is reported', () => {
    const damaged = body.slice();
    damaged[body.indexOf(0xc3)] = 0xff;
    const { index } = new IndexedStream(damaged);
    expect(index.lanes[0]!.text).toBe('\ufffd\ufffd😀\u2028ü漢字');
    expect(wireProblems(index)).toEqual([expect.objectContaining({ rule: 'W8', seq: 0 })]);
  });

  test('may hold U+FFFD of its own', () => {
    const { index } = new IndexedStream(utf8.encode(frameOf(text('\ufffd'))));
    expect(wireProblems(index)).toEqual([]);
  });
});

describe('what is large', () => {
  test('frames of 100 KB may come in chunks of one byte', () => {
    const frame = utf8.encode(frameOf(text('x'.repeat(100_000))));
    const { index } = new IndexedStream(frame, { chunks: [1], batches: [1_000_000] });
    expect(index.lanes[0]!.text).toHaveLength(100_000);
  });

  test('more type names than the column can number share the last, but listed ones do not', () => {
    const names = Array.from({ length: 70_000 }, (_, at) => `{"type":"t${at}"}`);
    const deltas = [text('a'), text('b')].map((event) => frameOf(event)).join('');
    const { index } = indexed(names.map((data) => `data: ${data}\n\n`).join('') + deltas);
    expect(index.count).toBe(70_002);
    expect(index.typeOf(64_999)).toBe('t64999');
    expect(index.typeOf(69_999)).toBe('(more than 65,000 types)');
    expect(index.typeOf(70_001)).toBe('response.output_text.delta');
    expect(index.lanes[0]!.text).toBe('ab');
  });
});

describe('a stream without recorded times', () => {
  test('gets a rhythm, with each event in a chunk of its own', () => {
    const { bytes } = responsesRecordings().find(({ name }) => name === 'seed-person.sse')!;
    const { index, indexer } = new IndexedStream(bytes, { chunks: [100_000] }, { rhythm: true });
    const times = [...index.columns.timeUs.subarray(0, index.count)];
    expect(times[0]).toBe(0);
    expect(times.every((time, seq) => seq === 0 || time > times[seq - 1]!)).toBe(true);
    expect(indexer.lastTimeUs).toBe(times.at(-1));
    expect([...index.columns.chunk.subarray(0, 3)]).toEqual([0, 1, 2]);
    expect(index.has(5, EventFlag.sameChunk)).toBe(false);
  });
});

describe('batches', () => {
  test('are plain data that a process boundary can carry', () => {
    const { batches } = new IndexedStream(streamOf([created, text('a'), text('b')]));
    expect(structuredClone(batches)).toEqual(batches);
  });

  test('join the text that one lane gets in a row', () => {
    const events = [text('a'), text('b'), text('x', 1), text('c')];
    const { batches } = new IndexedStream(streamOf(events), { chunks: [10_000] });
    expect(batches.flatMap(({ texts }) => texts)).toEqual([
      { lane: 0, text: 'ab' },
      { lane: 1, text: 'x' },
      { lane: 0, text: 'c' },
    ]);
  });

  test('out of order are refused', () => {
    const { index, batches } = new IndexedStream(streamOf([created, text('a')]));
    expect(() => index.append(batches[0]!)).toThrow(/expected 2/);
  });
});

test('what is missing because this side stopped the request is a note', () => {
  const cut = `data: ${JSON.stringify(created)}\n\n`;
  const found = (body: string, end?: { kind: 'aborted' | 'disconnected' }) => {
    const indexer = new Indexer();
    indexer.push(utf8.encode(body), 0);
    indexer.end(end);
    const { problems } = indexer.takeBatch();
    return problems.map(({ rule, severity }) => `${rule} ${severity}`);
  };
  expect(found(cut)).toContain('L3 error');
  expect(found(cut, { kind: 'disconnected' })).toContain('L3 error');
  expect(found(cut, { kind: 'aborted' })).toContain('L3 note');
  // So is a frame that was cut; what was wrong before stays what it is.
  const half = `${cut}data: {no JSON\n\ndata: {"type"`;
  const [before, end] = [found(half), found(half, { kind: 'aborted' })];
  expect(before.filter((one) => one.endsWith('error')).length).toBeGreaterThan(1);
  expect(before.at(-1)).toBe('W7 error');
  expect(end).toEqual([...before.slice(0, -1), 'W7 note']);
});
