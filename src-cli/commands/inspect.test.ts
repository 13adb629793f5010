import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isObject } from '../../src-core/json.ts';
import { eventsOf } from '../../src-core/testing/indexed-stream.ts';
import { recordings } from '../../src-core/testing/recordings.ts';
import { root, run } from '../testing/run.ts';

const folder = 'src-core/testing/recordings';
const person = `${folder}/seed-person.sse`;

/** What `jq` would read. */
function jsonLines(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('JSON Lines', () => {
  // Held against a reader that decodes every event without an index.
  const names = recordings('.sse').map(({ name }) => name);
  test.each(names)('tell each event of %s', async (name) => {
    const plain = eventsOf(readFileSync(join(root, folder, name)));
    const { code, out } = await run(['inspect', '-f', 'jsonl', `${folder}/${name}`]);
    // Three end before the blank line of their first event.
    expect(code).toBe(plain.length === 0 ? 2 : 0);
    // What has no type of its own is called by its dialect, and a delta of a block by its own type.
    const own = (value: unknown, type: unknown) =>
      isObject(value) && typeof value.type === 'string' && value.type !== 'content_block_delta'
        ? type
        : null;
    const told = jsonLines(out).map(({ seq, type, start, end, data, text }) => ({
      ...{ seq, start, end, type: own(data, type) },
      ...(data === undefined ? { text } : { data }),
    }));
    expect(told).toEqual(
      plain.map(({ frame, type, value, data }, seq) => ({
        ...{ seq, start: frame.start, end: frame.end, type: own(value, type) },
        ...(value === undefined ? { text: data } : { data: value }),
      })),
    );
  });

  test('tell times where bytes came through a pipe, and none of a file', async () => {
    const chunks = ['data: 1\n\n', 'data: 2\n\ndata: 3\n\n'];
    // The clock goes on by a millisecond each time it is asked: when reading begins, and at each chunk.
    const piped = await run(['inspect', '-f', 'jsonl', '-'], { stdin: chunks });
    expect(jsonLines(piped.out).map(({ timeUs }) => timeUs)).toEqual([1000, 2000, 2000]);
    const stored = await run(['inspect', '-f', 'jsonl'], { stdin: chunks, stdinIs: 'file' });
    expect(jsonLines(stored.out).map(({ timeUs }) => timeUs)).toEqual([null, null, null]);
  });
});

describe('the table', () => {
  test('has tabs, whole texts and no colours where nobody looks', async () => {
    const long = 'x'.repeat(250);
    const event = { type: 'response.output_text.delta', output_index: 1, content_index: 2 };
    const body = `data: ${JSON.stringify({ ...event, sequence_number: 7, delta: `\t${long}` })}\n\n`;
    const { out } = await run(['inspect'], { stdin: [body] });
    const cells = ['0', '1.000', '7', event.type, '1/2', String(body.length - 1)];
    expect(out).toBe(`${[...cells, JSON.stringify(`\t${long}`)].join('\t')}\n`);
  });

  test('is aligned and cut to the width of a terminal, in colours unless NO_COLOR is set', async () => {
    const plain = await run(['inspect', person], { columns: 100, env: { NO_COLOR: '1' } });
    const lines = plain.out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ +# {2}type +lane {2}says$/);
    expect(lines).toHaveLength(24);
    expect(Math.max(...lines.map((line) => line.length))).toBe(100);
    const colored = await run(['inspect', person], { columns: 100 });
    expect(colored.out).toContain('\u001b[36mresponse.created');
    // eslint-disable-next-line no-control-regex
    const bare = colored.out.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '');
    expect(bare).toBe(plain.out);
    const forced = await run(['inspect', '--color', 'always', person], { columns: 100 });
    expect(forced.out).toBe(colored.out);
  });

  test('lists the types that are asked for', async () => {
    const { out } = await run(['inspect', '-t', '*.done', '-t', 'response.created', person]);
    const types = out
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[3]);
    expect(types).toEqual([
      'response.created',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
    ]);
  });
});

describe('several inputs', () => {
  test('are named in each line, and one that is missing does not stop the others', async () => {
    const { code, out, err } = await run(['inspect', 'missing.sse', person, 'src-cli', person]);
    expect(code).toBe(2);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(46);
    expect(lines[0]!.startsWith(`${person}\t0\t`)).toBe(true);
    expect(err.trimEnd().split('\n')).toEqual([
      "deltascope: missing.sse can't be read: there is no such file. Check the name.",
      'deltascope: src-cli is a folder, and there is no capture and no stream in it. Name a file, the folder of a capture, or a folder with some of these.',
    ]);
  });

  test.each([
    ['', '(standard input) is empty.'],
    ['<html>\n\n', '(standard input) holds no events: it begins with "<html>\\n\\n".'],
  ])('%j is said to hold nothing', async (text, fact) => {
    const { code, out, err } = await run(['inspect'], { stdin: [text] });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(fact);
  });
});

test('events are told as they come, and a reader who goes away is no error', async () => {
  const seen: number[] = [];
  let told = 0;
  async function* chunks() {
    for (let at = 0; at < 3; at++) {
      seen.push(told);
      yield Buffer.from(`data: ${at}\n\n`);
    }
  }
  await run(['inspect', '-'], { stdin: chunks(), onOut: () => told++ });
  expect(seen).toEqual([0, 1, 2]);

  const gone = await run(['inspect', '-'], {
    stdin: ['data: 1\n\n', 'data: 2\n\n'],
    onOut() {
      throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    },
  });
  expect(gone).toEqual({ code: 141, out: '', err: '' });
});
