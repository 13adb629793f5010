import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventsOf } from '../../src-core/testing/indexed-stream.ts';
import { recordings } from '../../src-core/testing/recordings.ts';
import { temporaryFolder } from '../../src-main/testing/temporary-folder.ts';
import { root, run } from '../testing/run.ts';

const folder = 'src-core/testing/recordings';
const person = join(root, 'examples/person.sse');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

test('what has the form already goes through byte for byte', async () => {
  for (const name of [
    'openai-chat/rubyllm-vcr-chat-streaming-responses-p-nar-supports-streaming-responses.sse', // CRLF
    'openai-responses/rig-openai-responses-compat-openai-eam-against-openrouter-completes.sse', // comments
    'other/openllm-replicate-llama-stream-legacy-1.sse', // several lines of data, ids
    'other/prism-openai-stream-max-tokens-1.sse',
  ].filter((name) => existsSync(join(root, folder, name)))) {
    const { out, err } = await run(['convert', '--to', 'sse', `${folder}/${name}`]);
    expect({ out, err }, name).toEqual({ out: textOf(`${folder}/${name}`), err: '' });
  }
  const lines = `${folder}/openai-responses/jsonl/vercel-openai-error.1.jsonl`;
  const same = await run(['convert', '--to', 'jsonl', lines]);
  expect({ out: same.out, err: same.err }).toEqual({ out: textOf(lines), err: '' });
});

test('an event stream as JSON lines has the data of each event, and is the stream again', async () => {
  for (const { name, bytes } of recordings('.sse').filter(({ name }) =>
    /responses\/|^seed/.test(name),
  )) {
    const data = eventsOf(bytes).flatMap((event) =>
      event.value === undefined ? [] : [event.value],
    );
    const { out } = await run(['convert', '--to', 'jsonl', `${folder}/${name}`]);
    const lines = out.trimEnd().split('\n');
    expect(
      lines.map((line) => JSON.parse(line) as unknown),
      name,
    ).toEqual(data);
  }
  const lines = await run(['convert', '--to', 'jsonl', person]);
  const again = await run(['convert', '--to', 'sse'], { stdin: [lines.out] });
  expect(again.out).toBe(readFileSync(person, 'utf8'));
});

test('what the other form has no place for is named', async () => {
  const frames = [
    ': a comment\n',
    'event: other\nid: 1\nretry: 5\ndata: {"type":"message"}\n\n',
    'data: plain text\n\n',
    'event: same\ndata: {"type":"same",\ndata: "n": 1.50}\n\n',
    'data: [DONE]\n\n',
  ];
  const { code, out, err } = await run(['convert', '--to', 'jsonl'], { stdin: frames });
  expect({ code, out }).toEqual({
    code: 0,
    out: '{"type":"message"}\n{"type":"same", "n": 1.50}\n',
  });
  const lost = err
    .replace(/^deltascope: left out: |\.\n$/g, '')
    .split(', ')
    .sort();
  expect(lost).toEqual([
    '1 [DONE] mark',
    '1 comment',
    '1 event id',
    '1 event name',
    '1 event whose data is not JSON',
    '1 reconnection time',
  ]);
});

test('the objects of a stream are what it amounts to', async () => {
  const { out, err } = await run(['convert', '--to', 'json', person]);
  const last = eventsOf(readFileSync(person)).at(-1)!.value as { response: object };
  expect(JSON.parse(out)).toEqual(last.response);
  expect(err).toBe('deltascope: left out: the events themselves.\n');
});

test('a live stream becomes a capture with its times, and a capture another one', async () => {
  const workingDirectory = temporaryFolder();
  const body = readFileSync(person);
  const stdin = [body.subarray(0, 1000), body.subarray(1000)];
  const to = (name: string) => ['convert', '--to', 'capture', '-o', name];
  expect(await run([...to('one'), '-'], { stdin, workingDirectory })).toEqual({
    code: 0,
    out: '',
    err: '',
  });
  const inFolder = (...path: string[]) => readFileSync(join(workingDirectory, ...path), 'utf8');
  expect(inFolder('one', 'body')).toBe(body.toString());
  expect(inFolder('one', 'chunks.jsonl')).toBe(`[1000,1000]\n[2000,${body.length - 1000}]\n`);
  const meta = JSON.parse(inFolder('one', 'capture.json')) as object;
  expect(meta).toMatchObject({ timed: true, end: { kind: 'closed', atUs: 2000 } });

  await run([...to('two'), 'one/capture.json'], { workingDirectory });
  expect(inFolder('two', 'chunks.jsonl')).toBe(inFolder('one', 'chunks.jsonl'));
  expect(JSON.parse(inFolder('two', 'capture.json'))).toEqual({ ...meta, id: 'two' });
  const back = await run(['convert', '--to', 'sse', 'two'], { workingDirectory });
  expect(back).toEqual({
    code: 0,
    out: body.toString(),
    err: 'deltascope: left out: arrival times.\n',
  });

  await run([...to('stored'), person], { workingDirectory });
  expect(existsSync(join(workingDirectory, 'stored', 'chunks.jsonl'))).toBe(false);
  expect(JSON.parse(inFolder('stored', 'capture.json'))).toMatchObject({ timed: false });
  const taken = await run([...to('one'), person], { workingDirectory });
  expect(taken).toMatchObject({
    code: 2,
    err: expect.stringContaining('one is there already.') as string,
  });
  const empty = await run([...to('none'), '-'], { stdin: [], stdinIs: 'pipe', workingDirectory });
  expect({ code: empty.code, isThere: existsSync(join(workingDirectory, 'none')) }).toEqual({
    code: 2,
    isThere: false,
  });
});

test.each([
  [[person], 'The form is missing: --to sse, jsonl, json or capture.'],
  [['--to', 'capture', person], 'A capture is a folder: name it with --out FOLDER.'],
  [['--to', 'json', '--out', 'x', person], '--out is for captures'],
  [['--to', 'json', person, person], 'One stream is converted at a time.'],
])('%j is refused', async (args, message) => {
  const { code, err } = await run(['convert', ...args]);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
