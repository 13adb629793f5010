import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf, Refusal, systemCode } from '../refusal.ts';
import { throwIfCanceled } from './watched-capture.ts';

/**
 * Writes pieces to a file that a person chose, piece by piece. Until all is there it has another name beside it,
 * so that what stood there before is lost only to a whole file.
 * @returns the bytes that were written
 * @throws Refusal `file-unwritable`, `canceled`; what the pieces throw
 */
export async function writeExport(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<number> {
  const random = randomBytes(4).toString('hex');
  const temporary = join(dirname(path), `.${basename(path)}.${random}.part`);
  let bytes = 0;
  try {
    const file = await written(path, () => open(temporary, 'wx'));
    try {
      for await (const piece of pieces) {
        throwIfCanceled(signal);
        await written(path, () => file.writeFile(piece));
        bytes += piece.byteLength;
      }
    } finally {
      await file.close();
    }
    throwIfCanceled(signal);
    await written(path, () => rename(temporary, path));
    return bytes;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function written<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const why = systemCode(error) === 'ENOSPC' ? 'the disk is full' : messageOf(error);
    throw new Refusal('file-unwritable', `${basename(path)} can't be written: ${why}`);
  }
}
