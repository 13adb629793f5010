import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { recognise } from '../../src-core/imports/recognise.ts';
import { MOST_SERVED } from '../../src-ipc/server-contract.ts';
import { pathsIn, readMeta } from '../captures/capture-folder.ts';
import { CaptureStore } from '../captures/store.ts';
import { importPath } from '../imports/import-path.ts';
import { readYaml } from '../imports/read-yaml.ts';
import { headOf } from '../imports/source.ts';
import { messageOf } from '../refusal.ts';
import { answerIn, readFileBytes, readRecorded, tellingBytes } from './read-recorded.ts';
import { answerOf, type Shelf, type Shelved } from './shelf.ts';

/** How deep folders within the folder are looked into. */
const DEEPEST = 5;

/** A file, or the folder of a capture, and what it was when it was read. */
interface Item {
  path: string;
  kind: 'file' | 'capture';
  /** Another one means that it is read again. */
  stamp: string;
}

interface ReadItem {
  stamp: string;
  recordings: Shelved[];
  /** Captures that were made of it, to be removed with it. */
  unpacked: string[];
  fault: string | null;
}

/**
 * All recordings of a folder and of those within it: captures, streams, and whatever can be imported, in the
 * order of their paths. It is looked through at each request; only what has changed since is read again. What
 * has to be unpacked is, into a folder of its own, and in no list of captures.
 */
export class FolderShelf implements Shelf {
  readonly #folder: string;
  /** Where the captures of the library are. */
  readonly #library: CaptureStore | null;
  #read = new Map<string, ReadItem>();
  #listing: Promise<{ recordings: Shelved[]; faults: string[] }> | null = null;
  #unpacked: Promise<{ store: CaptureStore; folder: string }> | null = null;

  constructor(folder: string, library: CaptureStore | null) {
    this.#folder = folder;
    this.#library = library;
  }

  list(): Promise<{ recordings: Shelved[]; faults: string[] }> {
    // Requests that come together look once.
    this.#listing ??= this.#list().finally(() => (this.#listing = null));
    return this.#listing;
  }

  /** Puts a copy of the capture into the folder. */
  async add(capture: string): Promise<void> {
    if (!this.#library) return;
    const { folder } = this.#library.paths(capture);
    await cp(folder, join(this.#folder, capture), { recursive: true });
  }

  async close(): Promise<void> {
    const unpacked = await this.#unpacked;
    this.#unpacked = null;
    this.#read.clear();
    if (unpacked) await rm(unpacked.folder, { recursive: true, force: true });
  }

  async #list(): Promise<{ recordings: Shelved[]; faults: string[] }> {
    const items: Item[] = [];
    const faults: string[] = [];
    try {
      await this.#walk(this.#folder, 0, items);
    } catch (error) {
      faults.push(`The folder ${this.#folder} can't be read: ${messageOf(error)}`);
    }
    if (items.length > MOST_SERVED) {
      const most = MOST_SERVED.toLocaleString('en-US');
      faults.push(`${this.#folder} has more than ${most} files: the others are not served.`);
    }
    const before = this.#read;
    this.#read = new Map();
    for (const item of items.slice(0, MOST_SERVED)) {
      const known = before.get(item.path);
      const isKnown = known?.stamp === item.stamp;
      this.#read.set(item.path, isKnown ? known : await this.#readItem(item));
      if (isKnown) before.delete(item.path);
    }
    await this.#forget([...before.values()]);
    const all = [...this.#read.values()];
    faults.push(...all.flatMap(({ fault }) => fault ?? []));
    return { recordings: all.flatMap(({ recordings }) => recordings), faults };
  }

  async #walk(folder: string, depth: number, items: Item[]): Promise<void> {
    const found = await readdir(folder, { withFileTypes: true });
    found.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of found) {
      if (items.length > MOST_SERVED) return;
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (!entry.isDirectory()) {
        const stamp = await stampOf(path);
        if (stamp !== '') items.push({ path, kind: 'file', stamp });
        continue;
      }
      const { meta, body } = pathsIn(path);
      const stamp = await stampOf(meta);
      if (stamp !== '')
        items.push({ path, kind: 'capture', stamp: `${stamp} ${await stampOf(body)}` });
      else if (depth < DEEPEST) await this.#walk(path, depth + 1, items).catch(() => undefined);
    }
  }

  /** What can't be read is told, and costs the others nothing. */
  async #readItem(item: Item): Promise<ReadItem> {
    const { stamp, path } = item;
    const name = relative(this.#folder, path).split(sep).join('/');
    try {
      return item.kind === 'capture'
        ? { stamp, recordings: [await captureIn(path, name, stamp)], unpacked: [], fault: null }
        : await this.#fileAt(path, name, stamp);
    } catch (error) {
      const fault = `${name} can't be served: ${messageOf(error)}`;
      return { stamp, recordings: [], unpacked: [], fault };
    }
  }

  async #fileAt(path: string, name: string, stamp: string): Promise<ReadItem> {
    const nothing = { stamp, recordings: [], unpacked: [], fault: null };
    const { head, size } = await headOf(path);
    const { reading } = recognise(head, head.length === size);
    // Lists, notes, pictures: not everything in a folder is a recording.
    if (reading === null || reading === 'curl') return nothing;
    if (reading === 'stream') {
      const answer = answerOf(null, await tellingBytes(path));
      const read = () => readFileBytes(path, name);
      return { ...nothing, recordings: [{ id: name, version: stamp, name, answer, read }] };
    }
    const { store } = await (this.#unpacked ??= unpackedStore());
    const { captures } = await importPath({ store, readYaml }, path);
    const streams = captures.filter(({ status, events }) => status !== 'failed' || events > 0);
    const recordings: Shelved[] = [];
    for (const { id } of streams) {
      const { request, dialect } = store.meta(id);
      const paths = store.paths(id);
      const own = streams.length > 1 ? `${name}#${recordings.length + 1}` : name;
      const answer = await answerIn(paths, request);
      const read = () => readRecorded(paths, { ...store.meta(id), name: own });
      const named = { id: own, name: own, ...(dialect && { dialect }) };
      recordings.push({ ...named, version: stamp, answer, read });
    }
    return { ...nothing, recordings, unpacked: captures.map(({ id }) => id) };
  }

  async #forget(gone: readonly ReadItem[]): Promise<void> {
    const unpacked = await this.#unpacked;
    if (!unpacked) return;
    for (const item of gone)
      for (const id of item.unpacked) unpacked.store.discard({ paths: unpacked.store.paths(id) });
  }
}

async function captureIn(path: string, id: string, version: string): Promise<Shelved> {
  const paths = pathsIn(path);
  const meta = readMeta(paths, id);
  const { request, name, dialect } = meta;
  const answer = await answerIn(paths, request);
  const read = () => readRecorded(paths, meta);
  return { id, version, name, answer, read, ...(dialect && { dialect }) };
}

async function unpackedStore(): Promise<{ store: CaptureStore; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-served-'));
  const store = new CaptureStore(folder, { changed: () => undefined, notice: () => undefined });
  store.start();
  return { store, folder };
}

/** `''` for what is not there, or no file. */
async function stampOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? `${found.mtimeMs}:${found.size}:${found.ino}` : '';
}
