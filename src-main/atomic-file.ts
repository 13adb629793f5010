import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Replaces a file in one step: a reader, or the next start after a crash, sees the old text or the
 * new one, never a part. Files are readable by their owner only: they hold a person's requests.
 *
 * @param options.durable also wait for the disk, so that the text outlives a power cut.
 * @throws system errors of writing
 */
export function writeFileAtomic(
  path: string,
  text: string,
  options: { durable?: boolean } = {},
): void {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(descriptor, text);
      if (options.durable) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
