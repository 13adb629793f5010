import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../src-main/testing/temporary-folder.ts';
import { writeCaptureFolder } from '../testing/captures.ts';
import { root, run } from '../testing/run.ts';

const chat = (id: string, pieces: string[]) =>
  pieces
    .map((content) => {
      const choices = [{ index: 0, delta: { content }, finish_reason: null }];
      return `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', choices })}\n\n`;
    })
    .join('');
const person = readFileSync(join(root, 'examples/person.sse'), 'utf8');

function comparing(a: string, b: string) {
  const workingDirectory = temporaryFolder();
  writeFileSync(join(workingDirectory, 'a'), a);
  writeFileSync(join(workingDirectory, 'b'), b);
  return {
    workingDirectory,
    diff: (...args: string[]) => run(['diff', ...args, 'a', 'b'], { workingDirectory }),
  };
}

interface Json {
  isSame: boolean;
  events: Record<string, number>;
  texts: { isSame: boolean }[];
  differences: { kind: string; a: { seq: number } | null }[];
}

describe('the exit code', () => {
  test('is 0 for another run of the same, cut otherwise', async () => {
    const { diff } = comparing(chat('c-1', ['Hel', 'lo']), chat('c-2', ['Hell', 'o']));
    const { code, out, err } = await diff();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^--- a\n\+\+\+ b\nevents: 0 the same, 2 cut otherwise\n/);
  });

  test('is 1 where something was said otherwise, unless that part is not meant', async () => {
    const { diff } = comparing(chat('c', ['Hello', ' you']), chat('c', ['Hello', ' all']));
    expect((await diff()).code).toBe(1);
    expect((await diff('--only', 'events')).code).toBe(1);
    expect((await diff('--only', 'output')).code).toBe(1);
    expect((await diff('--only', 'request')).code).toBe(0);
    expect((await diff('--only', 'latency')).code).toBe(0);
  });

  test.each([
    [['examples/person.sse'], 'Two streams are compared, and there is one.'],
    [['a', 'b', 'c'], 'Two streams are compared, and there are 3.'],
    [['examples/person.sse', 'missing'], "missing can't be read: there is no such file."],
    [['examples', 'examples/person.sse'], 'streams in it, and one is compared.'],
    [['--only', 'texts', 'a', 'b'], 'It is one of: events, output, request, latency.'],
  ])('is 2 for %j', async (args, fact) => {
    const { code, out, err } = await run(['diff', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(fact);
  });
});

test('events that differ are lines of a patch, in colours where those are wanted', async () => {
  const changed = person.replaceAll('"delta":"Alice"', '"delta":"Alicia"');
  const { diff } = comparing(person, changed);
  const { out } = await diff('--only', 'events');
  // The name is the fourth delta: event 7 of the recording.
  expect(out.split('\n').slice(2, 6)).toEqual([
    'events: 1 difference: 22 the same, 1 changed',
    '',
    '- #7 response.output_text.delta 0/0  "Alice"',
    '+ #7 response.output_text.delta 0/0  "Alicia"',
  ]);
  const coloured = await diff('--only', 'events', '--color', 'always');
  expect(coloured.out).toContain('\u001b[31m- #7 response.output_text.delta 0/0  "Alice"\u001b[0m');
  const { out: json } = await diff('-f', 'json', '--only', 'events');
  const { events, differences, isSame, texts } = JSON.parse(json) as Json;
  expect({ isSame, texts }).toEqual({ isSame: false, texts: undefined });
  expect(events).toMatchObject({ same: 22, changed: 1, lost: 0, inserted: 0 });
  expect(differences.map(({ kind, a }) => [kind, a?.seq])).toEqual([['changed', 7]]);
});

test('of events that changed the places that differ are told', async () => {
  const [created, ...rest] = person.split(/(?<=\n\n)/);
  const other = created!.replace('"max_output_tokens":100', '"max_output_tokens":null');
  expect(other).not.toBe(created);
  const { diff } = comparing(person, [other, ...rest].join(''));
  const { out } = await diff('--only', 'events');
  // Of the response that begins nothing stands in the two lines that differs.
  const [, lost, inserted, ...places] = out.split('\n').slice(3);
  expect(lost).toMatch(/^- #0 response\.created/);
  expect(inserted).toBe(`+${lost!.slice(1)}`);
  expect(places).toEqual(['    /response/max_output_tokens 100 → null', '']);
});

test('types that are ignored may come and go', async () => {
  const ping = 'event: ping\ndata: {"type":"ping"}\n\n';
  const frames = person.split(/(?<=\n\n)/);
  const pinged = [...frames.slice(0, 3), ping, ...frames.slice(3)].join('');
  const { diff } = comparing(person, pinged);
  expect((await diff('--only', 'events')).code).toBe(1);
  const { code, out } = await diff('--only', 'events', '--ignore', 'pi*');
  expect({ code, out }).toEqual({ code: 0, out: '--- a\n+++ b\nevents: 24 the same\n' });
  // What is not ignored counts all the same.
  const { diff: other } = comparing(person, pinged.replace('"delta":"Alice"', '"delta":"Bob"'));
  expect((await other('--only', 'events', '--ignore', 'ping')).code).toBe(1);
});

test('requests of captures are compared, and a pipe is one side', async () => {
  const folder = temporaryFolder();
  const request = (temperature: number) => ({
    request: {
      ...{ method: 'POST', url: 'https://x.test/v1/responses' },
      headers: [],
      body: JSON.stringify({ model: 'm', temperature }),
    },
  });
  writeCaptureFolder(folder, 'a', [[person, 1000]], request(0));
  writeCaptureFolder(folder, 'b', [[person, 1000]], request(1));
  const workingDirectory = folder;
  const both = await run(['diff', '--only', 'request', 'a', 'b'], { workingDirectory });
  expect(both.out).toContain('- /temperature  0\n+ /temperature  1\n');
  expect(both.code).toBe(1);
  const piped = await run(['diff', 'a', '-'], { workingDirectory, stdin: [person] });
  expect(piped.code).toBe(0);
});
