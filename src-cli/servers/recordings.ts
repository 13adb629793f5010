import { pathsIn } from '../../src-main/captures/capture-folder.ts';
import { messageOf, Refusal } from '../../src-main/refusal.ts';
import type { NamedRecording } from '../../src-main/replay-server/list-shelf.ts';
import { MAX_SERVED_BYTES, readRecorded } from '../../src-main/replay-server/read-recorded.ts';
import { InputError } from '../failure.ts';
import type { Source } from '../sources/source.ts';

/**
 * What a source is served from: its bytes, and what is known of request, response, chunks and end.
 * @throws InputError for what can't be read, holds nothing, or is too large to be held in memory
 */
export async function recordingOf(source: Source): Promise<NamedRecording> {
  const { name, capture, folder } = source;
  if (!capture || folder === undefined) return bytesOf(source);
  try {
    const { dialect } = capture;
    const recorded = await readRecorded(pathsIn(folder), { ...capture, name });
    return { name, ...recorded, ...(dialect && { dialect }) };
  } catch (error) {
    if (error instanceof Refusal) throw new InputError(error.message);
    throw new InputError(`${name} can't be read: ${messageOf(error)}.`);
  }
}

/** Bytes without a request; those of a pipe have their times. */
async function bytesOf({ name, isTimed, pieces }: Source): Promise<NamedRecording> {
  const parts: Buffer[] = [];
  const chunks: { timeUs: number; size: number }[] = [];
  let size = 0;
  for await (const batch of pieces())
    for (const { bytes, timeUs } of batch) {
      size += bytes.length;
      if (size > MAX_SERVED_BYTES)
        throw new InputError(`${name} is larger than ${MAX_SERVED_BYTES / 2 ** 20} MiB.`);
      parts.push(bytes);
      chunks.push({ timeUs, size: bytes.length });
    }
  if (size === 0)
    throw new InputError(
      `${name} is empty.`,
      'The request that made it may have failed: see its exit code.',
    );
  return { name, body: Buffer.concat(parts), chunks: isTimed ? chunks : null };
}
