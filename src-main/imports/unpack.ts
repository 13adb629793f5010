import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliDecompress, constants, createGunzip, gunzip, inflate } from 'node:zlib';
import type { ContentEncoding } from '../../src-core/imports/exchange.ts';
import { messageOf, Refusal, systemCode } from '../refusal.ts';
import { goOn, type Source, type Watch } from './source.ts';

/** What comes out of a compressed file may be this large: 4 GiB. */
const MAX_UNPACKED = 4 * 1024 ** 3;
/** A compressed body of an entry: it is in memory. */
const MAX_BODY = 256 * 1024 ** 2;

/**
 * Unpacks a gzip file, as far as it goes.
 * @returns what is wrong with it, `''` where nothing is
 * @throws Refusal `cancelled`, `too-large`; system errors of reading and writing
 */
export async function unpack(source: Source, to: string, watch: Watch): Promise<string> {
  const { size } = await stat(source.path);
  let read = 0;
  let written = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      read += chunk.length;
      watch.progress(read / size, 'Unpacking');
      done(null, chunk);
    },
  });
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.length;
      if (written <= MAX_UNPACKED) return done(null, chunk);
      done(new Refusal('too-large', `${source.name} is larger than 4 GiB when it is unpacked.`));
    },
  });
  const output = createWriteStream(to, { flags: 'wx', mode: 0o600 });
  const input = createReadStream(source.path);
  try {
    await pipeline(input, counted, createGunzip(), limited, output, { signal: watch.signal });
    return '';
  } catch (error) {
    goOn(watch, source.name);
    if (!isOfZlib(error)) throw error;
    return `The gzip file is damaged or cut after ${written.toLocaleString('en-US')} bytes of its content: ${messageOf(error)}.`;
  }
}

function isOfZlib(error: unknown): boolean {
  return systemCode(error).startsWith('Z_');
}

/** The bytes of a compressed body, as far as it goes; null where nothing comes out. */
export async function decoded(
  body: Uint8Array,
  encoding: ContentEncoding,
): Promise<Uint8Array | null> {
  const options = {
    finishFlush: encoding === 'br' ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH,
    maxOutputLength: MAX_BODY,
  };
  const undo = {
    gzip: promisify(gunzip),
    deflate: promisify(inflate),
    br: promisify(brotliDecompress),
  };
  try {
    const bytes = await undo[encoding](body, options);
    return bytes.length > 0 || body.length === 0 ? bytes : null;
  } catch {
    return null;
  }
}
