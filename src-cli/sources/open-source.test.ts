import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../src-main/testing/temporary-folder.ts';
import { writeCaptureFolder } from '../testing/captures.ts';
import { root, run } from '../testing/run.ts';

afterEach(() => vi.unstubAllEnvs());

const bytesOf = (name: string) => readFileSync(join(root, 'examples', name));
const answer = '{"name":"Alice Johnson","age":30,"occupation":"Software Engineer"}\n';

/** An entry of a HAR (HAR 1.2) with a response of this type and text. */
function entry(mimeType: string, text: string) {
  const request = {
    ...{ method: 'POST', url: 'https://api.example.com/v1/responses', httpVersion: 'HTTP/1.1' },
    headers: [{ name: 'Authorization', value: 'Bearer sk-not-to-be-seen' }],
    ...{ queryString: [], postData: { mimeType: 'application/json', text: '{}' } },
  };
  const response = {
    ...{ status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1' },
    headers: [{ name: 'Content-Type', value: mimeType }],
    content: { size: text.length, mimeType, text },
  };
  const startedDateTime = '2026-11-22T10:00:00.000Z';
  return { startedDateTime, time: 100, request, response, timings: { wait: 10, receive: 90 } };
}

function folderWithHar() {
  const workingDirectory = temporaryFolder();
  const entries = [
    entry('text/event-stream', bytesOf('person.sse').toString()),
    entry('text/html', '<p></p>'),
    entry('text/event-stream', bytesOf('rate-limit.sse').toString()),
  ];
  const log = { version: '1.2', creator: { name: 'a browser', version: '1' }, entries };
  const har = JSON.stringify({ log });
  writeFileSync(join(workingDirectory, 'two.har'), har);
  return { workingDirectory, har };
}

const leftOut = (name: string) => `deltascope: Left out of ${name}: no stream (1).\n`;

test('each stream of a HAR is read, named by its entry, and nothing is left behind', async () => {
  const { workingDirectory } = folderWithHar();
  const temporary = temporaryFolder();
  vi.stubEnv('TMPDIR', temporary);
  const { code, out, err } = await run(['lint', 'two.har'], { workingDirectory });
  const lines = out.trimEnd().split('\n');
  expect(code).toBe(1);
  expect(lines[0]).toMatch(/^two\.har#1: clean \(23 events/);
  expect(lines[1]).toMatch(/^two\.har#3:7: error: #2 .*rate_limit_exceeded/);
  expect(lines.at(-1)).toBe('2 streams: 1 error');
  expect(err).toBe(leftOut('two.har'));
  expect(readdirSync(temporary)).toEqual([]);
});

test('one of them is read by its name, and its findings have no line in the file', async () => {
  const { workingDirectory } = folderWithHar();
  const one = await run(['output', 'two.har#1'], { workingDirectory });
  expect(one).toEqual({ code: 0, out: answer, err: leftOut('two.har') });
  const none = await run(['output', 'two.har#2'], { workingDirectory });
  expect(none).toEqual({
    code: 2,
    out: '',
    err: 'deltascope: two.har has no stream #2. It has #1, #3.\n',
  });
  const github = await run(['lint', '-f', 'github', 'two.har#3'], { workingDirectory });
  expect(github.out).toMatch(/^::error file=two\.har,title=\w+%2C two\.har#3%2C event 2::/);
  const sarif = await run(['lint', '-f', 'sarif', 'two.har#3'], { workingDirectory });
  expect(sarif.out).not.toContain('startLine');
  const both = await run(['convert', '--to', 'sse', 'two.har'], { workingDirectory });
  expect({ code: both.code, out: both.out }).toEqual({ code: 2, out: '' });
  expect(both.err).toContain('There are 2 streams in it');
});

test('the secrets of a HAR are not in a capture that is made of it', async () => {
  const { workingDirectory } = folderWithHar();
  await run(['convert', '--to', 'capture', '-o', 'one', 'two.har#1'], { workingDirectory });
  const meta = readFileSync(join(workingDirectory, 'one/capture.json'), 'utf8');
  expect(meta).toContain('https://api.example.com/v1/responses');
  expect(meta).not.toContain('sk-not-to-be-seen');
});

test('gzip is undone, of a file and of what comes through a pipe', async () => {
  const workingDirectory = temporaryFolder();
  const packed = gzipSync(bytesOf('person.sse'));
  writeFileSync(join(workingDirectory, 'person.sse.gz'), packed);
  const file = await run(['output', 'person.sse.gz'], { workingDirectory });
  expect(file).toEqual({ code: 0, out: answer, err: '' });
  const piped = await run(['output'], { stdin: [packed.subarray(0, 700), packed.subarray(700)] });
  expect(piped).toEqual({ code: 0, out: answer, err: '' });
});

test('a HAR comes through a pipe as well', async () => {
  const { har } = folderWithHar();
  const half = Math.floor(har.length / 2);
  const { out } = await run(['stats', '-f', 'jsonl'], {
    stdin: [har.slice(0, half), har.slice(half)],
  });
  const names = out
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { name: string }).name);
  expect(names).toEqual(['(standard input)#1', '(standard input)#3']);
});

test('what is no stream says what was looked for, and nothing else', async () => {
  const workingDirectory = temporaryFolder();
  writeFileSync(join(workingDirectory, 'notes.md'), '# Notes\n\nNothing: here\n');
  const notes = await run(['lint', 'notes.md'], { workingDirectory });
  expect({ code: notes.code, out: notes.out }).toEqual({ code: 2, out: '' });
  expect(notes.err).toContain('notes.md holds no events. Looked for an event stream (line 1');
  writeFileSync(join(workingDirectory, 'call.sh'), 'curl -N https://api.example.com -d {}\n');
  const call = await run(['lint', 'call.sh'], { workingDirectory });
  expect(call.err).toContain('It is a cURL command: run it, with -N, and pipe its output here.');
});

test('the answer of a request that failed is not a clean stream', async () => {
  const body = '{"error": {"message": "Incorrect API key provided"}}';
  const { code, out, err } = await run(['lint', '-'], { stdin: [body] });
  expect(code).toBe(2);
  expect(out).toMatch(/error: #0 .*Incorrect API key provided.* \[W11\]\n$/);
  expect(err).toContain(`it begins with ${body}.`);
  const meant = await run(['lint', '--dialect', 'plain', '-'], { stdin: [body] });
  expect(meant.code).toBe(1);
});

test('of a folder its captures and streams are read, by name, and what is none is named', async () => {
  const workingDirectory = temporaryFolder();
  const folder = join(workingDirectory, 'many');
  mkdirSync(join(folder, 'deeper'), { recursive: true });
  writeFileSync(join(folder, 'b.sse'), bytesOf('person.sse'));
  writeCaptureFolder(folder, 'a', [[bytesOf('refusal.sse'), 1000]]);
  writeFileSync(join(folder, 'notes.md'), '# Notes\n');
  writeFileSync(join(folder, '.hidden'), bytesOf('person.sse'));
  const found = await run(['lint', 'many'], { workingDirectory });
  expect(found.code).toBe(0);
  expect(found.out.replace(/ \(.*\)/g, '')).toBe(
    'many/a: clean\nmany/b.sse: clean\n2 streams: clean\n',
  );
  expect(found.err).toBe('deltascope: Left out of many, no stream: deeper, notes.md.\n');
  // What failed and left nothing must not look as if it had never been there.
  writeFileSync(join(folder, 'c.sse'), '');
  expect((await run(['lint', 'many'], { workingDirectory })).err).toContain('c.sse is empty.');
});
