import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

export interface Body {
  bytes: Uint8Array;
  contentType: string;
}

/**
 * A server on this machine that answers any request with the body that the `x-case` header numbers, in
 * pieces as a network brings it. It lives as long as the test file. Returns its address, once it runs.
 */
export function replayServer(bodies: readonly Body[]): () => string {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const { bytes, contentType } = bodies[Number(request.headers['x-case'])]!;
      response.writeHead(200, { 'content-type': contentType });
      for (let at = 0; at < bytes.length; at += 50_000)
        response.write(bytes.subarray(at, at + 50_000));
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
