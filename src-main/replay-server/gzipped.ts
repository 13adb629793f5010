import { once } from 'node:events';
import { constants, createGzip } from 'node:zlib';
import type { Portion, Reply } from '../../src-core/replay/reply.ts';

/**
 * A reply that asks for it, as compressed bytes: a portion for each of its portions, or one with the time of the
 * last. A body that does not end as HTTP has it lacks the end of the compressed stream as well.
 */
export async function gzipped(reply: Reply): Promise<Reply> {
  const { gzip, portions, ending, ...rest } = reply;
  if (!gzip) return reply;
  const coder = createGzip();
  let pieces: Buffer[] = [];
  coder.on('data', (piece: Buffer) => pieces.push(piece));
  const taken = (): Buffer => {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    return bytes;
  };
  const flush = () =>
    new Promise<void>((resolve) => coder.flush(constants.Z_SYNC_FLUSH, () => resolve()));
  const result: Portion[] = [];
  const add = (atUs: number) => {
    const bytes = taken();
    if (bytes.length > 0) result.push({ bytes, atUs });
  };
  for (const { bytes, atUs } of portions) {
    if (!coder.write(bytes)) await once(coder, 'drain');
    if (gzip === 'end') continue;
    await flush();
    add(atUs);
  }
  const lastUs = portions.at(-1)?.atUs ?? 0;
  if (ending === 'end') {
    coder.end();
    await once(coder, 'end');
  } else await flush();
  add(lastUs);
  coder.close();
  return { ...rest, ending, portions: result };
}
