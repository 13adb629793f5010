import { basename, join } from 'node:path';
import { pathsIn, readMeta } from '../../src-main/captures/capture-folder.ts';
import { CaptureReader } from '../../src-main/captures/capture-reader.ts';
import { Refusal } from '../../src-main/refusal.ts';
import { InputError } from '../failure.ts';
import { unreadable } from './byte-source.ts';
import type { Source } from './source.ts';

/** What is read of a body at once. */
const READ_SIZE = 256 * 1024;

/** A capture's folder (`docs/capture-format.md`), with its times where they were recorded. */
export function captureSource(name: string, folder: string): Source {
  const paths = pathsIn(folder);
  const capture = metaOf(name, folder);
  return {
    name,
    // What lines are counted in.
    path: join(name.replace(/capture\.json$/, ''), 'body'),
    isPart: false,
    streams: 1,
    looked: '',
    capture,
    folder,
    isTimed: capture.timed,
    isLive: false,
    async *pieces() {
      const reader = new CaptureReader(paths, { timed: capture.timed });
      try {
        for (;;) {
          const { bytes, pieces } = await reader.read(READ_SIZE, true);
          if (bytes.byteLength === 0) break;
          yield pieces;
        }
      } catch (error) {
        throw unreadable(name, error);
      } finally {
        await reader.close();
      }
    },
  };
}

function metaOf(name: string, folder: string) {
  try {
    return readMeta(pathsIn(folder), basename(folder));
  } catch (error) {
    if (error instanceof Refusal) throw new InputError(error.message);
    throw unreadable(name, error);
  }
}
