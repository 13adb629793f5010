import { expect, test } from 'vitest';
import { httpServer } from '../testing/servers.ts';
import { CREATED, COMPLETED } from '../testing/stores.ts';
import { startedProxy } from './testing/started-proxy.ts';

test('a stream passes byte for byte and becomes a capture', async () => {
  const asked: string[] = [];
  const upstream = await httpServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'r1' });
    response.write(CREATED);
    response.end(COMPLETED);
  });
  const { url, capture, log } = await startedProxy(upstream);
  const answer = await fetch(`${url}/responses?a=b`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-0123456789', 'content-type': 'application/json' },
    body: '{"model":"gpt-x","stream":true}',
  });
  expect(await answer.text()).toBe(CREATED + COMPLETED);
  expect(answer.headers.get('x-request-id')).toBe('r1');
  expect(asked).toEqual(['POST /v1/responses?a=b Bearer sk-0123456789']);
  const { meta, body } = await capture();
  expect(body.toString()).toBe(CREATED + COMPLETED);
  expect(meta).toMatchObject({
    name: 'gpt-x',
    origin: { kind: 'proxy', server: 'Recording proxy', upstream },
    request: {
      method: 'POST',
      url: `${upstream}/responses?a=b`,
      body: '{"model":"gpt-x","stream":true}',
    },
    response: { status: 200 },
    end: { kind: 'closed', by: 'server', code: null },
  });
  expect(JSON.stringify(meta)).not.toContain('sk-0123456789');
  expect(log()).toMatchObject(
    [{ status: 200, note: /completed in/ }].map((x) => ({
      ...x,
      note: expect.stringMatching(x.note) as string,
    })),
  );
});
