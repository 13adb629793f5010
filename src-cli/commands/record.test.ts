import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import OpenAI from 'openai';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CaptureMeta } from '../../src-core/capture.ts';
import { temporaryFolder } from '../../src-main/testing/temporary-folder.ts';
import { root, run } from '../testing/run.ts';
import { started } from '../testing/server.ts';

const KEY = 'sk-not-to-be-written-anywhere-0123456789';
const person = readFileSync(join(root, 'examples/person.sse'));

/** A replay server as upstream, and a recording in front of it, which works in a folder of its own. */
async function recording(...args: string[]) {
  const upstream = await started(['serve', '--speed', 'instant', 'examples/person.sse']);
  const workingDirectory = temporaryFolder();
  const given = ['record', '--upstream', `${upstream.url}/v1`, ...args];
  return { workingDirectory, ...(await started(given, { workingDirectory })) };
}

const ask = (url: string) => {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: KEY, maxRetries: 0 });
  return client.responses.stream({ model: 'gpt-4o-mini', input: 'Who?' }).finalResponse();
};

/** All bytes in a folder and those in it, as one text. */
function allIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test('what the official client gets is kept as a capture, which serves again; its key is not', async () => {
  const { url, stop, workingDirectory } = await recording('--out', 'kept');
  expect((await ask(url)).output_text).toContain('Alice Johnson');
  const { code, out, err } = await stop();
  expect({ code, out }).toEqual({ code: 0, out: `${url}\n` });
  const [id, ...others] = readdirSync(join(workingDirectory, 'kept'));
  expect(others).toEqual([]);
  const [greeting, line] = err.split('\n');
  expect(greeting).toMatch(/^Recording what goes to http:\/\/127\.0\.0\.1:\d+\/v1 into kept\./);
  expect(line).toMatch(/^POST \/v1\/responses 200 Passed on, 8,960 bytes, completed in /);
  expect(line!.endsWith(` kept/${id}`)).toBe(true);

  const folder = join(workingDirectory, 'kept', id!);
  expect(readFileSync(join(folder, 'body'))).toEqual(person);
  const meta = JSON.parse(readFileSync(join(folder, 'capture.json'), 'utf8')) as CaptureMeta;
  expect(meta).toMatchObject({ timed: true, end: { kind: 'closed' }, origin: { kind: 'proxy' } });
  expect(JSON.parse(meta.request!.body)).toMatchObject({ model: 'gpt-4o-mini', stream: true });
  expect(allIn(workingDirectory) + err).not.toContain(KEY);

  const asserted = await run(['assert', '--first-text', '1m', 'kept'], { workingDirectory });
  expect(asserted.code).toBe(0);
  const served = await started(['serve', 'kept'], { workingDirectory });
  expect((await ask(served.url)).output_text).toContain('Alice Johnson');
});

test('--once ends it after one request, and only the bytes can be kept', async () => {
  const { url, ended, workingDirectory } = await recording('--once', '--format', 'body');
  await ask(url);
  const { code, err } = await ended;
  expect(code).toBe(0);
  const [name, ...others] = readdirSync(join(workingDirectory, 'recordings'));
  expect(others).toEqual([]);
  expect(name).toMatch(/^\d{8}-\d{6}-\w{4}\.sse$/);
  expect(err.trimEnd().endsWith(` recordings/${name}`)).toBe(true);
  expect(readFileSync(join(workingDirectory, 'recordings', name!))).toEqual(person);
});

test('a bundle is the capture in a file, which is read, asserted and served like it', async () => {
  const { url, ended, workingDirectory } = await recording('--once', '-f', 'bundle', '-o', 'kept');
  await ask(url);
  expect((await ended).code).toBe(0);
  const [name, ...others] = readdirSync(join(workingDirectory, 'kept'));
  expect(others).toEqual([]);
  const asserted = await run(['assert', '--total', '1m', `kept/${name}`], { workingDirectory });
  expect(asserted).toMatchObject({ code: 0, err: '' });
  const served = await started(['serve', 'kept'], { workingDirectory });
  expect((await ask(served.url)).output_text).toContain('Alice Johnson');
});

test('an upstream that is not there is told to the client, and kept', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await new Promise((resolve) => other.close(resolve));
  const workingDirectory = temporaryFolder();
  const args = ['record', '-u', `http://127.0.0.1:${port}`, '--count', '1', '-o', 'kept'];
  const { url, ended } = await started(args, { workingDirectory });
  expect((await fetch(`${url}/v1/responses`, { method: 'POST', body: '{}' })).status).toBe(502);
  const { code, err } = await ended;
  expect(code).toBe(0);
  expect(err).toContain('POST /v1/responses 502');
  const { out } = await run(['assert', 'kept'], { workingDirectory });
  expect(out).toContain('ends completed: It is failed: ');
});

describe('it does not start', () => {
  test('on a port that is in use, and leaves nothing behind', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const workingDirectory = temporaryFolder();
    const args = ['record', '-u', 'http://127.0.0.1:1', '-p', String(port)];
    const { code, out, err } = await run(args, { workingDirectory });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`Port ${port} is in use by another program.`);
  });

  test.each([
    [[], 'The upstream is missing: --upstream URL.'],
    [['-u', 'api.openai.com'], 'It is an address such as https://api.openai.com/v1.'],
    [['-u', 'ftp://x.test'], 'It is an address such as'],
    [['-u', 'http://x.test', 'a.sse'], 'record takes no files, and got "a.sse".'],
    [['-u', 'http://x.test', '--once', '--count', '2'], '--once and --count are said at once.'],
    [['-u', 'http://x.test', '-o', 'README.md/x'], "The folder README.md/x can't be made"],
  ])('with %j', async (args, fact) => {
    const { code, out, err } = await run(['record', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(fact);
  });
});
