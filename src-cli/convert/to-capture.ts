import { mkdirSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { CaptureEnd, CaptureMeta } from '../../src-core/capture.ts';
import { pathsIn, writeMeta } from '../../src-main/captures/capture-folder.ts';
import { Recording } from '../../src-main/captures/recording.ts';
import { newMeta } from '../../src-main/captures/store.ts';
import { messageOf, systemCode } from '../../src-main/refusal.ts';
import type { Call } from '../command.ts';
import { InputError, UsageError } from '../failure.ts';
import type { Source } from '../sources/source.ts';

/**
 * Writes a stream as a capture's folder, as it comes: what arrived before the program was ended is kept.
 * The bytes are those that came; a capture's facts (request, times, bookmarks) come along.
 * @throws UsageError where the folder is there already; InputError where there is nothing to keep
 */
export async function writeCapture({ console }: Call, source: Source, out: string): Promise<void> {
  const folder = resolve(console.workingDirectory, out);
  createFolder(folder, out);
  const paths = pathsIn(folder);
  const meta = { ...metaOf(source, basename(folder)), end: null };
  const recording = new Recording(paths, meta);
  let atUs = 0;
  try {
    for await (const pieces of source.pieces()) {
      for (const { bytes, timeUs } of pieces) recording.append(bytes, (atUs = timeUs));
    }
    if (recording.bytes === 0) throw new InputError(`${source.name} is empty.`);
  } catch (error) {
    recording.finish(brokenEnd(atUs, error));
    if (recording.bytes === 0) rmSync(folder, { recursive: true });
    throw error;
  }
  recording.finish(source.capture?.end ?? { kind: 'closed', atUs, code: null, message: '' });
  if (meta.timed) return;
  // Only a read's size would stand there.
  rmSync(paths.chunks);
  writeMeta(paths, recording.meta);
}

function metaOf({ name, path, capture, isTimed }: Source, id: string): CaptureMeta {
  if (capture) return { ...capture, id };
  const origin = path === null ? ({ kind: 'paste' } as const) : { kind: 'file' as const, path };
  return newMeta(id, { name, origin, timed: isTimed });
}

function brokenEnd(atUs: number, error: unknown): CaptureEnd {
  const message = `It could not be read to its end: ${messageOf(error)}`;
  return { kind: 'disconnected', atUs, code: 'unreadable', message };
}

function createFolder(folder: string, name: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) === 'EEXIST')
      throw new UsageError(`${name} is there already.`, 'Name a folder that does not exist yet.');
    throw new UsageError(`The folder ${name} can't be made: ${messageOf(error)}.`);
  }
}
