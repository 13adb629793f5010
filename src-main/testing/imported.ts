import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { importPath } from '../imports/import-path.ts';
import { storeOn, toolsOf } from './stores.ts';
import { temporaryFolder } from './temporary-folder.ts';

const RECORDINGS = join(import.meta.dirname, '../../src-core/testing/recordings');
export const recording = (path: string) => readFileSync(join(RECORDINGS, path));
export const person = recording('seed-person.sse');
export const ollama = recording(
  'ndjson/openllm-ollama-metrics-test-ollama-streaming-metrics.ndjson',
);

/** What an import left behind. */
export function stagedIn(folder: string): string[] {
  const path = join(folder, 'data/staging');
  return existsSync(path) ? readdirSync(path) : [];
}

/** Imports a file of that content: what each capture is, and what was said. */
export async function imported(content: string | Uint8Array, name = 'file') {
  const folder = temporaryFolder();
  const path = join(folder, name);
  writeFileSync(path, content);
  const { store } = storeOn(join(folder, 'data'));
  const { captures, remarks, command } = await importPath(toolsOf(store), path);
  expect(stagedIn(folder)).toEqual([]);
  const all = captures.map((summary) => ({
    summary,
    meta: store.meta(summary.id),
    body: readFileSync(store.paths(summary.id).body),
    chunks: summary.timed ? readFileSync(store.paths(summary.id).chunks, 'utf8') : null,
    text: readFileSync(store.paths(summary.id).meta, 'utf8'),
  }));
  return { captures: all, remarks, command };
}

/** The secret of every request below. */
export const KEY = 'sk-test-0123456789abcdef';

/** An entry as Chrome 138 saves it: HAR 1.2 with fields of its own. */
export function harEntry(fields: {
  url?: string;
  content: object;
  headers?: object[];
  more?: object;
}) {
  return {
    _connectionId: '402',
    _initiator: { type: 'script' },
    _priority: 'High',
    _resourceType: 'fetch',
    cache: {},
    request: {
      method: 'POST',
      url: fields.url ?? 'https://api.openai.com/v1/responses?api_key=' + KEY,
      httpVersion: 'h2',
      headers: [
        { name: ':method', value: 'POST' },
        { name: 'authorization', value: `Bearer ${KEY}` },
        { name: 'content-type', value: 'application/json' },
      ],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 42,
      postData: {
        mimeType: 'application/json',
        text: `{"model":"gpt-4o-mini","stream":true,"user":"${KEY}"}`,
      },
    },
    response: {
      status: 200,
      statusText: '',
      httpVersion: 'h2',
      headers: fields.headers ?? [{ name: 'content-type', value: 'text/event-stream' }],
      cookies: [],
      content: fields.content,
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _transferSize: 100,
      _error: null,
    },
    serverIPAddress: '1.2.3.4',
    startedDateTime: '2026-03-04T05:06:07.500Z',
    time: 2500.25,
    timings: {
      blocked: 10,
      dns: -1,
      ssl: -1,
      connect: -1,
      send: 0.5,
      wait: 300,
      receive: 2189.75,
    },
    ...fields.more,
  };
}
/** A HAR of such entries. */
export const har = (entries: object[], indent?: number) =>
  JSON.stringify(
    { log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, entries } },
    null,
    indent,
  );
/** An interaction of a cassette as vcrpy has it, before it is written. */
export const interaction = (response: object) => ({
  request: {
    body: '{"stream": true}',
    headers: { authorization: [`Bearer ${KEY}`], 'content-type': ['application/json'] },
    method: 'POST',
    uri: 'https://api.openai.com/v1/responses',
  },
  response: {
    headers: { 'Content-Type': ['text/event-stream; charset=utf-8'], 'Set-Cookie': ['a=b'] },
    status: { code: 200, message: 'OK' },
    ...response,
  },
});
