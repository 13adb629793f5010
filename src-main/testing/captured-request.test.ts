import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import OpenAI from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import type { CapturedRequest } from '../../src-core/capture.ts';
import { capturedRequestCode } from '../../src-core/request-code/captured-request.ts';
import { DEFAULT_REDACTION } from '../../src-core/redaction/options.ts';
import { redactCapture } from '../../src-core/redaction/redact-capture.ts';
import { exportCapture } from '../../src-core/testing/export-captures.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { typeErrors } from './typescript-program.ts';

const BODY =
  '{"model":"m","input":"it\'s $HOME `x` \\"q\\" \\\\ \\n é 😀","n":1.5,"stream":true,"a":[null,false]}';
const capture = (base: string): CapturedRequest => ({
  method: 'POST',
  url: `https://ann:pw@${base}/v1/x?key=redacted&q=a'b`.replace('https', 'http'),
  headers: [
    ['Host', 'api.example.com'],
    ['Content-Length', '5'],
    ['content-type', 'application/json'],
    ['Authorization', '•••'],
    ['x-session-token', '•••'],
    ['x-note', 'it\'s "$HOME"'],
    ['bad name', 'left out'],
  ],
  body: BODY,
});
const ENVIRONMENT = {
  API_KEY: 'sk-1',
  OPENAI_API_KEY: 'sk-openai',
  GEMINI_API_KEY: 'g-1',
  X_SESSION_TOKEN: 't-1',
};

/** A server that keeps what it gets, and answers with one event. */
async function listening() {
  const got: { request: IncomingMessage; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      got.push({ request, body });
      response.end('data: 1\n\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { got, base: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** What a server got of a program, and what the program printed. */
async function sentBy(run: (base: string) => [command: string, args: string[]]) {
  const { got, base } = await listening();
  const [command, args] = run(base);
  const env = { PATH: process.env.PATH, HOME: '/nowhere', ...ENVIRONMENT };
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, errors] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const isMissing = await new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(true));
    child.on('close', () => resolve(false));
  });
  if (isMissing) return null;
  return { out, errors, ...got[0] };
}

const file = (name: string, text: string) => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
};

const RUNS = [
  ['curl', (code: string) => ['sh', ['-c', code.replace('curl ', 'curl --silent ')]]],
  ['python', (code: string) => ['python3', [file('x.py', code)]]],
  // Nothing in it is TypeScript only, so that it runs as it is.
  ['typescript', (code: string) => [process.execPath, [file('x.mjs', code)]]],
] as const;

test.each(RUNS)(
  '%s sends the request again, with its secrets from the environment',
  async (language, run) => {
    const sent = await sentBy((base) => {
      const [command, args] = run(capturedRequestCode(language, capture(base)));
      return [command as string, args as string[]];
    });
    if (!sent?.request) {
      expect(sent?.errors ?? 'not found').toMatch(/not found/);
      return console.warn(`${language} is not there: its code was not run.`);
    }
    const { request, body, out } = sent;
    expect(out).toBe('data: 1\n\n');
    expect(request.method).toBe('POST');
    expect(decodeURIComponent(request.url!)).toBe("/v1/x?key=g-1&q=a'b");
    expect(request.headers).toMatchObject({
      authorization: 'Bearer sk-1',
      'x-session-token': 't-1',
      'x-note': 'it\'s "$HOME"',
      'content-type': 'application/json',
    });
    expect(request.headers.host).toMatch(/^127/);
    expect(JSON.parse(body!)).toEqual(JSON.parse(BODY));
  },
);

test('the TypeScript has the types of the platform', () => {
  const code = capturedRequestCode('typescript', capture('127.0.0.1:1'));
  const declared =
    'declare const process: { env: Record<string, string | undefined>; stdout: { write(bytes: Uint8Array): void } };\n' +
    'declare function fetch(url: string, init: { method: string; headers: Record<string, string>; body?: string }): Promise<{ body: AsyncIterable<Uint8Array> | null }>;\n';
  expect(typeErrors(new Map([['x.ts', `${declared}${code}export {};\n`]]))).toEqual([]);
});

/** A request as the official client sends it, with its key as captures keep it. */
async function sentByOpenAi(): Promise<CapturedRequest> {
  const { got, base } = await listening();
  const client = new OpenAI({ baseURL: `http://${base}/v1`, apiKey: 'sk-0', maxRetries: 0 });
  const parameters = { model: 'm', input: 'Hi', stream: true } as const;
  await client.responses.create(parameters).asResponse();
  const { request, body } = got[0]!;
  const names = request.rawHeaders.filter((_text, at) => at % 2 === 0);
  const headers = names.map((name, at): [string, string] => [
    name,
    name.toLowerCase() === 'authorization' ? '•••' : request.rawHeaders[2 * at + 1]!,
  ]);
  return { method: 'POST', url: `http://${base}/v1/responses`, headers, body };
}

test.each(RUNS)(
  'what the official client sent needs nothing but its key: %s',
  async (language, run) => {
    const captured = await sentByOpenAi();
    // A redaction of nothing else leaves it as it is.
    const { meta } = await redactCapture(
      exportCapture('', { request: captured }),
      DEFAULT_REDACTION,
    );
    expect(meta.request!.headers).toContainEqual(['accept-language', '*']);
    const sent = await sentBy((base) => {
      const request = { ...meta.request!, url: `http://${base}/v1/responses` };
      const code = capturedRequestCode(language, request);
      expect(code.match(/\b[A-Z]+(_[A-Z]+)+\b/g)).toEqual(['OPENAI_API_KEY']);
      expect(code).not.toMatch(/stainless|sec-fetch|''/i);
      const [command, args] = run(code);
      return [command as string, args as string[]];
    });
    if (!sent?.request) return expect(sent?.errors ?? 'not found').toMatch(/not found/);
    expect(sent.request.headers).toMatchObject({
      authorization: 'Bearer sk-openai',
      'accept-language': '*',
      'content-type': 'application/json',
    });
    expect(JSON.parse(sent.body!)).toEqual(JSON.parse(captured.body));
  },
);
