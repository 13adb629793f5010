import { expect, test } from 'vitest';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { CaptureProblems } from './capture-problems.svelte.ts';

const NOTHING = new Set<string>();

/** A stream of Responses events, fed piece by piece as the page gets it. */
class Stream {
  readonly index = new EventIndex();
  readonly problems = new CaptureProblems(this.index);
  readonly #indexer = new Indexer({});

  push(text: string): this {
    this.#indexer.push(new TextEncoder().encode(text), 0);
    return this.#take(false);
  }
  end(): this {
    this.#indexer.end();
    return this.#take(true);
  }
  #take(ended: boolean): this {
    const known = this.index.count;
    this.index.append(this.#indexer.takeBatch());
    this.problems.take(known, ended);
    return this;
  }
  at(seq: number): string[] {
    return this.problems.of(seq).map(({ rule }) => rule);
  }
  silence(here: string[], everywhere: string[] = []): void {
    this.problems.silence({ here: new Set(here), everywhere: new Set(everywhere) });
  }
}

const CREATED =
  'event: response.created\ndata: {"type":"response.created","sequence_number":0,' +
  '"response":{"id":"r","status":"in_progress","output":[]}}\n\n';
/** What is no JSON in a stream of Responses, behind a line with a field that the format lacks. */
const BROKEN = 'oops: 1\ndata: {"type"\n\n';

test('problems are told by event, the worst first, and counted by severity', () => {
  const stream = new Stream().push(CREATED + BROKEN);
  expect(stream.at(0)).toEqual([]);
  expect(stream.at(1)).toEqual(['W3', 'W9']);
  expect(stream.problems.worstOf(1)?.rule).toBe('W9');
  expect(stream.problems.counted).toEqual({
    counts: { error: 1, warning: 1, note: 0 },
    total: 2,
    silenced: 0,
  });
  expect(stream.problems.rules.map(({ rule }) => rule)).toEqual(['W9', 'W3']);
});

test('what comes after the last event is told of it once nothing more will come', () => {
  const stream = new Stream().push(`${CREATED}data: cut`);
  expect(stream.at(0)).toEqual([]);
  stream.end();
  expect(stream.at(0)).toEqual(['W7']);
  // The event had been there without it: filters have to ask again.
  expect(stream.problems.lateFrom(0)).toEqual([0]);
  expect(stream.problems.standing.map(({ seq }) => seq)).toEqual([0]);
});

test('what is silenced is told of nowhere, counted, and there again when it is taken back', () => {
  const stream = new Stream().push(CREATED + BROKEN).end();
  stream.silence(['W9']);
  expect(stream.at(1)).toEqual(['W3']);
  expect(stream.problems.worstOf(1)?.severity).toBe('warning');
  expect(stream.problems.counted).toMatchObject({ total: 1, silenced: 1 });
  expect(stream.problems.silencedBy('W9')).toBe('capture');
  expect(stream.problems.all.map(({ rule }) => rule)).toEqual(['W3', 'W9']);
  expect(stream.problems.lateFrom(0)).toEqual([1]);

  stream.silence([], ['W9', 'W3']);
  expect(stream.at(1)).toEqual([]);
  expect(stream.problems.counted).toMatchObject({ total: 0, silenced: 2 });
  expect(stream.problems.silencedBy('W9')).toBe('everywhere');

  stream.silence([]);
  expect(stream.at(1)).toEqual(['W3', 'W9']);
  // Nothing changed: nobody has to ask anew.
  const { lateCount } = stream.problems;
  stream.silence([]);
  expect(stream.problems.lateCount).toBe(lateCount);
});

test('what arrives later is silenced as well', () => {
  const stream = new Stream().push(CREATED);
  stream.silence(['W9']);
  stream.push(BROKEN);
  expect(stream.at(1)).toEqual(['W3']);
  expect(stream.problems.counted).toMatchObject({ total: 1, silenced: 1 });
});

test('beyond the limit of the list a silenced rule is counted out all the same', () => {
  const stream = new Stream().push(CREATED + 'data: {"type"\n\n'.repeat(10_050) + BROKEN).end();
  expect(stream.problems.standing).toHaveLength(2_001);
  expect(stream.problems.unlisted).toBe(8_051);
  expect(stream.problems.counted.total).toBe(10_052);
  stream.silence(['W9']);
  expect(stream.problems.counted).toEqual({
    counts: { error: 0, warning: 1, note: 0 },
    total: 1,
    silenced: 10_051,
  });
});

test('an answer that is no event stream has one fault, and its lines have none', () => {
  const index = new EventIndex();
  const problems = new CaptureProblems(index);
  const indexer = new Indexer({});
  indexer.push(new TextEncoder().encode('{"error":\n"no key"}\n'), 0);
  indexer.end();
  index.append(indexer.takeBatch());
  problems.silence({ here: NOTHING, everywhere: NOTHING });
  problems.take(0, true, false);
  expect(index.problemCount).toBeGreaterThan(0);
  expect(problems.isNoStream).toBe(true);
  expect(problems.counted).toEqual({
    counts: { error: 1, warning: 0, note: 0 },
    total: 1,
    silenced: 0,
  });
  expect(problems.standing).toEqual([]);
  expect(problems.rules).toEqual([]);
});

test('what a server is known for is a note that names it, and filters ask about it again', () => {
  const frame = (type: string, number: number) =>
    `event: ${type}\ndata: {"type":"${type}","sequence_number":${number},"response":{"id":"r"}}\n\n`;
  const stream = new Stream().push(frame('response.created', 0) + frame('response.in_progress', 2));
  expect(stream.problems.of(1).find(({ rule }) => rule === 'F4')?.severity).toBe('error');
  const errors = stream.problems.counted.counts.error;

  stream.problems.choose('litellm');
  expect(stream.problems.profile?.title).toBe('LiteLLM');
  const known = stream.problems.of(1).find(({ rule }) => rule === 'F4')!;
  expect(known.severity).toBe('note');
  expect(known.message).toContain('LiteLLM');
  expect(stream.problems.counted.counts.error).toBe(errors - 1);
  expect(stream.problems.lateFrom(0)).toEqual([1]);

  stream.problems.choose(null);
  expect(stream.problems.counted.counts.error).toBe(errors);
});
