import { open } from 'node:fs/promises';
import type { CaptureOrigin } from '../../src-core/capture.ts';
import { HEAD_BYTES } from '../../src-core/imports/recognise.ts';
import type { CapturePaths } from '../captures/capture-folder.ts';
import type { CaptureStore } from '../captures/store.ts';
import { Refusal } from '../refusal.ts';

/** A folder outside the list, for a capture that is not whole yet. */
export interface Staged {
  id: string;
  paths: CapturePaths;
}

/** What is imported: a file of the disk, or bytes that were staged as the body of a capture. */
export interface Source {
  path: string;
  /** What a person calls it. */
  name: string;
  origin: CaptureOrigin;
  createdAt?: string;
  /** Where `path` is the body of this staged capture: it is adopted as it is, or discarded. */
  staged: Staged | null;
  /** What was done before: that it was unpacked. */
  notes: string[];
}

/** How far an import is, and whether it is to go on. */
export interface Watch {
  readonly signal: AbortSignal;
  /** @param fraction from 0 to 1 @param doing `Reading`, `Unpacking` */
  progress(fraction: number, doing: string): void;
}

export const UNWATCHED: Watch = { signal: new AbortController().signal, progress: () => {} };

/** What an import needs. */
export interface ImportTools {
  store: CaptureStore;
  /** The value of a YAML text, which may take long; throws what is wrong with it. */
  readYaml(text: string): Promise<unknown>;
}

/** Bytes of a file that are read at once. */
export const PIECE = 1024 * 1024;

/** @throws Refusal `cancelled` */
export function goOn({ signal }: Watch, name: string): void {
  if (signal.aborted) throw new Refusal('cancelled', `The import of ${name} was cancelled.`);
}

/** The beginning of a file, for `recognise`. */
export async function headOf(path: string): Promise<{ head: Uint8Array; size: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = new Uint8Array(Math.min(HEAD_BYTES, size));
    let filled = 0;
    while (filled < head.length) {
      const { bytesRead } = await file.read(head, filled, head.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { head: head.subarray(0, filled), size };
  } finally {
    await file.close();
  }
}

/**
 * A file's bytes in pieces, each valid until the next is asked for. Other work gets its turn between two.
 * @throws Refusal `cancelled`; system errors of reading
 */
export async function* piecesOf(
  { path, name }: Pick<Source, 'path' | 'name'>,
  watch: Watch,
  doing: string,
): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE, size)));
    for (let position = 0; ;) {
      goOn(watch, name);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
      watch.progress(size === 0 ? 1 : Math.min(1, position / size), doing);
    }
  } finally {
    await file.close();
  }
}
