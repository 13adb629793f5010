import type { IncomingMessage } from 'node:http';

/** Bytes of a request's body that are read. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The body as text, an Error where it is too large; what a client broke off counts as far as it came. */
export async function readBody(request: IncomingMessage): Promise<string | Error> {
  const body = await readBytes(request);
  return body instanceof Error ? body : body.toString('utf8');
}

/** Likewise, as bytes. */
export function readBytes(request: IncomingMessage): Promise<Buffer | Error> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      // Read on, so that the answer reaches a client that is still sending.
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    const finish = () =>
      resolve(size > MAX_BODY_BYTES ? new Error('too large') : Buffer.concat(chunks));
    request.once('end', finish);
    request.once('close', finish);
  });
}
