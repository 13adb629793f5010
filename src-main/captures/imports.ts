import { closeSync, openSync, writeSync } from 'node:fs';
import { chmod, copyFile, lstat, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type {
  CaptureEnd,
  CaptureMeta,
  CaptureOrigin,
  CaptureSummary,
} from '../../src-core/capture.ts';
import { messageOf, Refusal, systemCode } from '../refusal.ts';
import { bytesText } from '../wording.ts';
import { type CapturePaths, pathsIn, readMeta } from './capture-folder.ts';
import { type CaptureStore, newMeta } from './store.ts';
import { computeFacts } from './summary.ts';

/** An import in pieces whose body grew beyond this many bytes is refused: 4 GiB. */
const MAX_BYTES = 4 * 1024 ** 3;

/** What an imported capture is called, where it came from, and when. */
export interface ImportedAs {
  name: string;
  origin: CaptureOrigin;
  createdAt?: string;
}

/**
 * Imports a file, or a folder that is a capture, byte for byte. Nothing is announced.
 * @param path absolute
 * @throws Refusal `unreadable`, `folder`, `empty`, `newer-version`, with the file's name in it
 */
export async function importPath(
  store: CaptureStore,
  path: string,
  as: ImportedAs = { name: basename(path), origin: { kind: 'file', path } },
): Promise<CaptureSummary> {
  const name = basename(path);
  try {
    const found = await stat(path);
    const folder = await captureFolderOf(path, found.isDirectory());
    if (folder) return await importCapture(store, folder);
    if (found.isDirectory()) {
      throw new Refusal('folder', `${name} is a folder, and no capture: it has no capture.json.`);
    }
    if (!found.isFile()) throw new Refusal('unreadable', `${name} is not a regular file.`);
    if (found.size === 0) throw new Refusal('empty', `${name} is empty.`);
    return await importFile(store, path, as);
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable(name, error);
  }
}

/** Imports that arrive in pieces from the page: what was dropped or pasted. */
export class PieceImports {
  readonly #store: CaptureStore;
  readonly #open = new Map<
    string,
    { paths: CapturePaths; body: number; bytes: number; as: ImportedAs }
  >();

  constructor(store: CaptureStore) {
    this.#store = store;
  }

  start(name: string, kind: 'file' | 'paste'): string {
    const { id, paths } = this.#store.stage();
    const origin: CaptureOrigin = kind === 'paste' ? { kind } : { kind, path: name };
    const body = openSync(paths.body, 'ax', 0o600);
    this.#open.set(id, { paths, body, bytes: 0, as: { name, origin } });
    return id;
  }

  /** @throws Refusal `no-such-import`, `too-large`; system errors of writing */
  piece(id: string, bytes: Uint8Array): void {
    const open = this.#get(id);
    if (open.bytes + bytes.byteLength > MAX_BYTES) {
      this.cancel(id);
      throw new Refusal('too-large', `${open.as.name} is larger than 4 GiB.`);
    }
    let written = 0;
    while (written < bytes.byteLength) {
      written += writeSync(open.body, bytes, written, bytes.byteLength - written);
    }
    open.bytes += written;
  }

  /** Not announced. @throws Refusal `no-such-import`, `empty` */
  async end(id: string): Promise<CaptureSummary> {
    const open = this.#get(id);
    this.#open.delete(id);
    closeSync(open.body);
    if (open.bytes === 0) {
      this.#store.discard(open);
      throw new Refusal('empty', `${open.as.name} is empty.`);
    }
    return adoptBody(this.#store, { id, paths: open.paths }, open.as);
  }

  cancel(id: string): void {
    const open = this.#open.get(id);
    if (!open) return;
    this.#open.delete(id);
    closeSync(open.body);
    this.#store.discard(open);
  }

  /** The page is gone: nobody will end what it began. */
  cancelAll(): void {
    for (const id of [...this.#open.keys()]) this.cancel(id);
  }

  #get(id: string) {
    const open = this.#open.get(id);
    if (!open) throw new Refusal('no-such-import', 'This import was not started or has ended.', id);
    return open;
  }
}

async function importFile(store: CaptureStore, path: string, as: ImportedAs) {
  const staged = store.stage();
  try {
    await copyBytes(path, staged.paths.body);
    return await adoptBody(store, staged, as);
  } catch (error) {
    store.discard(staged);
    throw error;
  }
}

async function adoptBody(
  store: CaptureStore,
  staged: { id: string; paths: CapturePaths },
  as: ImportedAs,
): Promise<CaptureSummary> {
  const { facts, bytes } = await computeFacts(staged.paths, { timed: false });
  const end = facts.events === 0 ? noEvents(as.name, bytes) : importedEnd(as);
  return store.adopt(staged, newMeta(staged.id, { ...as, end, timed: false }), facts, bytes);
}

async function importCapture(store: CaptureStore, folder: string): Promise<CaptureSummary> {
  const staged = store.stage();
  try {
    const source = pathsIn(folder);
    await copyBytes(source.meta, staged.paths.meta);
    for (const file of ['body', 'chunks'] as const) {
      // A capture of a refused connection has no bytes.
      if (await isFile(source[file])) await copyBytes(source[file], staged.paths[file]);
    }
    const meta = readMeta(staged.paths, staged.id);
    const { facts, bytes } = await computeFacts(staged.paths, meta);
    return store.adopt(staged, withName(meta, folder), facts, bytes);
  } catch (error) {
    store.discard(staged);
    throw error;
  }
}

/** Metadata that had to be made up is called after the folder it came from, not the new id. */
function withName(meta: CaptureMeta, folder: string): CaptureMeta {
  return meta.name === meta.id ? { ...meta, name: basename(folder) } : meta;
}

/** The capture's folder that a path means: itself, or the one whose `capture.json` it is. */
async function captureFolderOf(path: string, isFolder: boolean): Promise<string | null> {
  if (isFolder) return (await isFile(join(path, 'capture.json'))) ? path : null;
  const parent = dirname(path);
  if (basename(path) !== 'capture.json') return null;
  return (await isFile(join(parent, 'body'))) ? parent : null;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch {
    return false;
  }
}

async function copyBytes(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  // The copy takes over the permissions, and a read-only body could not be deleted everywhere.
  await chmod(to, 0o600);
}

function importedEnd(as: ImportedAs): CaptureEnd {
  const source = {
    paste: 'Pasted text has no arrival times',
    example: 'This example was recorded without arrival times',
    file: 'A file has no arrival times',
    request: '',
  }[as.origin.kind];
  return {
    kind: 'closed',
    atUs: 0,
    code: null,
    message: `${source}: those shown are plausible ones, made up.`,
  };
}

function noEvents(name: string, bytes: number): CaptureEnd {
  return {
    kind: 'failed',
    atUs: 0,
    code: 'no-events',
    message:
      `No server-sent events in ${name}: ${bytesText(bytes)} were kept; ` +
      'an event is a block of "data:" lines that a blank line ends.',
  };
}

function unreadable(name: string, error: unknown): Refusal {
  const reasons: Record<string, string> = {
    ENOENT: `${name} does not exist.`,
    EACCES: `${name} can't be read: permission denied.`,
    EPERM: `${name} can't be read: permission denied.`,
    ENOSPC: `${name} can't be imported: the disk is full.`,
  };
  const message = reasons[systemCode(error)] ?? `${name} can't be read: ${messageOf(error)}`;
  return new Refusal('unreadable', message, messageOf(error));
}
