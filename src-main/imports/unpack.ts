import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress, constants, createGunzip, type Gunzip, gunzip, inflate } from 'node:zlib';
import type { ContentEncoding } from '../../src-core/imports/exchange.ts';
import { messageOf, Refusal } from '../refusal.ts';
import { goOn, piecesOf, type Source, type Watch } from './source.ts';

/** What comes out of a compressed file may be this large: 4 GiB. */
const MAX_UNPACKED = 4 * 1024 ** 3;
/** Bytes that zlib is given at once. */
const SMALL = 16 * 1024;
/** A compressed body of an entry: it is in memory. */
const MAX_BODY = 256 * 1024 ** 2;

/**
 * Unpacks a gzip file, as far as it goes: what stands before a fault, or before bytes that are no gzip, is kept.
 * @returns what is wrong with it, `''` where nothing is
 * @throws Refusal `cancelled`, `too-large`; system errors of reading and writing
 */
export async function unpack(source: Source, to: string, watch: Watch): Promise<string> {
  const first = await unpackPieces(source, to, watch, Infinity);
  if (first.fault === null) return '';
  // What a piece gave before its fault is lost with it: from there on a byte at a time.
  const { written, fault } = await unpackPieces(source, to, watch, first.at);
  const message = messageOf(fault ?? first.fault);
  return `The gzip file is damaged, cut or followed by other bytes after ${written.toLocaleString('en-US')} bytes of its content: ${message}.`;
}

/** @param slowFrom the byte from which on the file is given to zlib byte by byte, for the rest of that piece */
async function unpackPieces(
  source: Source,
  to: string,
  watch: Watch,
  slowFrom: number,
): Promise<{ at: number; written: number; fault: unknown }> {
  const gunzip = createGunzip();
  let fault: unknown = null;
  let output: Buffer[] = [];
  gunzip.on('data', (chunk: Buffer) => output.push(chunk));
  gunzip.on('error', (error) => (fault = error));
  const file = await open(to, 'w', 0o600);
  let at = 0;
  let written = 0;
  const keep = async () => {
    const chunks = output;
    output = [];
    for (const chunk of chunks) {
      written += chunk.length;
      if (written > MAX_UNPACKED)
        throw new Refusal('too-large', `${source.name} is larger than 4 GiB when it is unpacked.`);
      await file.writeFile(chunk);
    }
  };
  try {
    for await (const piece of smallPieces(source, watch)) {
      const step = at >= slowFrom ? 1 : piece.length;
      for (let from = 0; from < piece.length && fault === null; from += step) {
        await given(gunzip, piece.subarray(from, from + step));
        await keep();
      }
      if (fault !== null) break;
      at += piece.length;
    }
    if (fault === null) {
      await new Promise((resolve) => {
        gunzip.once('close', resolve);
        gunzip.end();
      });
      await keep();
    }
    return { at, written, fault };
  } finally {
    gunzip.destroy();
    await file.close();
  }
}

/** Small enough that no piece gives more than some 64 MiB, and that one may be read byte by byte. */
async function* smallPieces(source: Source, watch: Watch): AsyncGenerator<Buffer> {
  for await (const piece of piecesOf(source, watch, 'Unpacking'))
    for (let from = 0; from < piece.length; from += SMALL) {
      goOn(watch, source.name);
      yield piece.subarray(from, from + SMALL);
    }
}

/** Waits until zlib has done with a piece, or has failed. */
function given(gunzip: Gunzip, piece: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      gunzip.off('error', settle);
      resolve();
    };
    gunzip.once('error', settle);
    gunzip.write(piece, settle);
  });
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
