import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { personFile, root } from './app.ts';

/** The program as it is built and installed, on this Node: `run` in `src-cli` has all that needs no process. */
const program = join(root, 'bin/deltascope.mjs');

function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [program, ...args], { cwd: root });
}

/** All that comes of a program, and its exit code. */
async function outcome(child: ChildProcessWithoutNullStreams) {
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data));
  child.stderr.on('data', (data: Buffer) => (err += data));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

test('the program that npm installs starts by itself', async () => {
  const version = start('--version');
  version.stdin.end();
  expect(await outcome(version)).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  const missing = start('lint', 'missing.sse', personFile);
  missing.stdin.end();
  expect(await outcome(missing)).toMatchObject({
    code: 2,
    err: "deltascope: missing.sse can't be read: there is no such file. Check the name.\n",
  });
});

test('findings of a pipe are told while it is open', async () => {
  const child = start('lint', '-');
  const ended = outcome(child);
  child.stdin.write('data: {"a":1}\n\ndata: {"a":\n\n');
  // Nothing more is written before the first finding is there.
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  expect(first.toString()).toMatch(/^\(standard input\):3: error: #1 .*\[W9\]\n$/);
  child.stdin.end('data: {"a":2}\n\n');
  const { code, out, err } = await ended;
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out).toBe(`${first.toString()}(standard input): 1 error (3 events, Plain events)\n`);
});

test('a reader who goes away ends it without a word', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-e2e-'));
  try {
    // Far more than a pipe holds, so that it has to write when nobody reads any more.
    const file = join(folder, 'many.sse');
    await writeFile(file, 'data: {"text":"something to be printed"}\n\n'.repeat(50_000));
    const child = start('inspect', file);
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, err }).toEqual({ code: 141, err: '' });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('what is not waited for does not keep it: the writer may go on', async () => {
  const child = start('snapshot', '--at', '1', '--compact', '-');
  const ended = outcome(child);
  // The pipe stays open.
  child.stdin.write('data: {"type":"response.created","response":{"id":"resp_1","output":[]}}\n\n');
  child.stdin.write('data: {"type":"keepalive"}\n\n');
  const { code, out, err } = await ended;
  expect({ code, out, err }).toEqual({ code: 0, out: '{"id":"resp_1","output":[]}\n', err: '' });
});

test('a server tells its address first, and ends cleanly when it is asked to', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const child = start('serve', '--speed', 'instant', personFile);
    const ended = outcome(child);
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
    const url = first.toString().trim();
    const body = JSON.stringify({ model: 'gpt-4o-mini', stream: true });
    const answer = await fetch(`${url}/v1/responses`, { method: 'POST', body });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(await readFile(personFile));
    child.kill(signal);
    const { code, out, err } = await ended;
    expect({ code, out }).toEqual({ code: 0, out: first.toString() });
    expect(err).toMatch(/POST \/v1\/responses 200 .*person\.sse/);
  }
});
