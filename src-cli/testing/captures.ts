import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CaptureMeta } from '../../src-core/capture.ts';
import { pathsIn } from '../../src-main/captures/capture-folder.ts';
import { Recording } from '../../src-main/captures/recording.ts';
import { newMeta } from '../../src-main/captures/store.ts';

/**
 * Writes the folder of a capture as the app does.
 * @param chunks with their times in microseconds; the last is that of the end
 * @returns its path
 */
export function writeCaptureFolder(
  parent: string,
  id: string,
  chunks: readonly [bytes: string | Uint8Array, timeUs: number][],
  { end, ...facts }: Partial<CaptureMeta> = {},
): string {
  const folder = join(parent, id);
  mkdirSync(folder, { recursive: true });
  const origin = { kind: 'request', endpoint: 'openai' } as const;
  const recording = new Recording(pathsIn(folder), {
    ...newMeta(id, { name: id, origin, timed: true }),
    ...facts,
  });
  for (const [bytes, timeUs] of chunks) recording.append(Buffer.from(bytes), timeUs);
  const atUs = chunks.at(-1)?.[1] ?? 0;
  recording.finish(end ?? { kind: 'closed', atUs, code: null, message: '' });
  return folder;
}
