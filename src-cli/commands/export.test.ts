import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EXPORT_FORMAT_IDS } from '../../src-core/export/export-formats.ts';
import { temporaryFolder } from '../../src-main/testing/temporary-folder.ts';
import { writeCaptureFolder } from '../testing/captures.ts';
import { root, run } from '../testing/run.ts';

const person = readFileSync(join(root, 'examples/person.sse'));
const ORGANISATION = 'org-hJ9mB8ZKxY2pWq7T';

/** A capture whose request names an organisation. */
function shared() {
  const workingDirectory = temporaryFolder();
  const request = {
    ...{ method: 'POST', url: 'https://api.example.com/v1/responses', body: '{"model":"m"}' },
    headers: [['openai-organization', ORGANISATION] as [string, string]],
  };
  writeCaptureFolder(workingDirectory, 'run', [[person, 1000]], { request });
  return (...args: string[]) => run(['export', ...args, 'run'], { workingDirectory });
}

test('an event stream without anything to strike out is written byte for byte, to a file too', async () => {
  const workingDirectory = temporaryFolder();
  writeFileSync(join(workingDirectory, 'a.sse'), person);
  const args = ['export', '-f', 'sse', '-o', 'b.sse', 'a.sse'];
  expect(await run(args, { workingDirectory })).toEqual({ code: 0, out: '', err: '' });
  expect(readFileSync(join(workingDirectory, 'b.sse'))).toEqual(person);
});

test.each(EXPORT_FORMAT_IDS)('a capture is exported as %s', async (format) => {
  const { code, err } = await shared()('-f', format, '--no-redact', '-o', `out.${format}`);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('what is struck out is told, shown before, and kept where that is asked for', async () => {
  const ask = shared();
  const preview = await ask('-f', 'sse', '--preview');
  expect(preview.code).toBe(0);
  // The person at the terminal has the original; what is exported has it not.
  const line = `organisation\trequest header openai-organization\t${ORGANISATION}`;
  expect(preview.out).toContain(line);
  const { code, err } = await ask('-f', 'jsonl');
  expect({ code, err }).toEqual({
    code: 0,
    err: 'deltascope: struck out: organisations, projects and accounts (1).\n',
  });
  expect((await ask('-f', 'jsonl', '--keep', 'organisation')).err).toBe('');
  expect((await ask('-f', 'jsonl', '--no-redact')).err).toBe('');
});

test('own patterns are struck out of the texts', async () => {
  const args = ['export', '-f', 'jsonl', '--pattern', 'Alice Johnson', 'examples/person.sse'];
  const { out, err } = await run(args);
  expect(out).not.toMatch(/Alice Johnson/);
  expect(err).toMatch(/own patterns \(\d+\)/);
  const regex = ['export', '-f', 'jsonl', '--pattern', '/A[a-z]+ J\\w+/', 'examples/person.sse'];
  expect((await run(regex)).out).not.toMatch(/Alice Johnson/);
});

test('a span is sent to a collector, which the environment may name', async () => {
  const asked: { url: string; type: string; bytes: number }[] = [];
  const collector = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      asked.push({ url: request.url!, type: request.headers['content-type']!, bytes });
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void collector.close());
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const args = ['export', '-f', 'otlp', 'examples/person.sse'];
  const { code, out } = await run(args, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  expect({ code, out }).toEqual({ code: 0, out: `1 span sent to ${endpoint}/v1/traces.\n` });
  expect(asked).toMatchObject([{ url: '/v1/traces', type: 'application/x-protobuf' }]);
  expect(asked[0]!.bytes).toBeGreaterThan(100);
});

test.each([
  [['a'], 'The format is missing: --format bundle, html,'],
  [['-f', 'sse', '--no-redact', '--redact', 'email', 'a'], '--no-redact stands beside'],
  [['-f', 'sse', '--keep', 'user', '--redact', 'user', 'a'], 'both name user.'],
  [['-f', 'sse', '--pattern', '/(a+)+$/', 'a'], 'might take too long'],
  [['-f', 'sse', '--content', 'a'], '--content belongs to --format otlp.'],
  [['-f', 'otlp', 'a'], 'The collector is missing: --endpoint URL.'],
  [['-f', 'sse', 'examples/person.sse', 'examples/refusal.sse'], 'There are 2 streams'],
])('%j is refused', async (args, fact) => {
  const { code, out, err } = await run(['export', ...args]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(fact);
});
