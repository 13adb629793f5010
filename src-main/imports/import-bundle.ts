import { open, stat } from 'node:fs/promises';
import {
  BUNDLE_FILE,
  BUNDLED_FILES,
  type BundledFile,
} from '../../src-core/export/bundle-layout.ts';
import { type CapturePaths, readMeta } from '../captures/capture-folder.ts';
import { computeFacts } from '../captures/summary.ts';
import { Refusal } from '../refusal.ts';
import { foldersNamed } from './bundle-about.ts';
import type { Imported } from './import-source.ts';
import { goOn, type ImportTools, type Source, type Staged, type Watch } from './source.ts';
import type { StagedCapture } from './stage-exchange.ts';
import { zipBytes, zipEntries, type ZipEntry, ZipFault } from './zip-file.ts';

/** Of all files of a bundle, unpacked. */
const MOST_BYTES = 4 * 1024 ** 3;
/** Event streams shrink to a fiftieth at best; what is beyond this and large is made to fill a disk. */
const MOST_RATIO = 500;
const LARGE = 256 * 1024 ** 2;
/** Of `bundle.json`, and of a `capture.json`, which holds a request. */
const LONGEST_ABOUT = 4 * 1024 ** 2;
const LONGEST_META = 256 * 1024 ** 2;

const FILE_PATHS: Readonly<Record<BundledFile, keyof CapturePaths>> = {
  'capture.json': 'meta',
  body: 'body',
  'chunks.jsonl': 'chunks',
  wire: 'wire',
  'wire.jsonl': 'wireChunks',
};

/**
 * Imports the captures of a bundle as they were exported (`docs/bundle-format.md`). All of them, or none: a
 * bundle that is damaged anywhere leaves nothing behind. Nothing is announced.
 * @throws Refusal `bundle-damaged`, `bundle-unsafe`, `newer-version`, `too-large`, `cancelled`; system errors
 */
export async function importBundle(
  { store }: ImportTools,
  source: Source,
  watch: Watch,
): Promise<Imported> {
  const begun: Staged[] = [];
  try {
    const folders = await foldersOf(source);
    const total = folders
      .flatMap((files) => [...files.values()])
      .reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    const told = (bytes: number) => {
      goOn(watch, source.name);
      done += bytes;
      watch.progress(total === 0 ? 1 : done / total, 'Unpacking');
    };
    const whole: StagedCapture[] = [];
    for (const files of folders) {
      const staged = store.stage();
      begun.push(staged);
      for (const [name, entry] of files)
        await unpackTo(source.path, entry, staged.paths[FILE_PATHS[name]], told);
      const meta = readMeta(staged.paths, staged.id);
      const { facts, bytes } = await computeFacts(staged.paths, meta, () =>
        goOn(watch, source.name),
      );
      const addedAt = new Date().toISOString();
      whole.push({ staged, meta: { ...meta, addedAt }, facts, bytes });
    }
    const captures = [];
    begun.length = 0;
    for (const { staged, meta, facts, bytes } of whole) {
      captures.push(store.adopt(staged, meta, facts, bytes));
      // Each is written to the disk for good, which takes a while.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (source.staged) store.discard(source.staged);
    return { captures, remarks: [], command: null };
  } catch (error) {
    for (const staged of begun) store.discard(staged);
    throw error instanceof ZipFault ? damaged(source, error.message) : error;
  }
}

/** The files of each capture, in the order of `bundle.json`. */
async function foldersOf(source: Source): Promise<Map<BundledFile, ZipEntry>[]> {
  const { path, name } = source;
  const entries = await zipEntries(path);
  const unsafe = entries.find((entry) => isOutside(entry.name));
  if (unsafe)
    throw new Refusal(
      'bundle-unsafe',
      `${name} names a file outside of itself (${unsafe.name.slice(0, 100)}): nothing of it was imported.`,
    );
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const about = await aboutOf(source, byName.get(BUNDLE_FILE));
  refuseBombs(name, entries, (await stat(path)).size);
  return about.map((folder) => {
    const files = new Map<BundledFile, ZipEntry>();
    for (const file of BUNDLED_FILES) {
      const entry = byName.get(`${folder}/${file}`);
      if (entry) files.set(file, entry);
    }
    const meta = files.get('capture.json');
    if (!meta) throw new ZipFault(`${folder}/capture.json is missing`);
    if (meta.size > LONGEST_META) throw new ZipFault(`${meta.name} is larger than 256 MiB`);
    return files;
  });
}

/** The folders that `bundle.json` names. */
async function aboutOf(source: Source, entry: ZipEntry | undefined): Promise<string[]> {
  const { name } = source;
  if (!entry)
    throw new Refusal(
      'bundle-damaged',
      `${name} is a ZIP archive without ${BUNDLE_FILE}, and so no bundle: unpack it, and open what is in it.`,
    );
  if (entry.size > LONGEST_ABOUT) throw new ZipFault(`${BUNDLE_FILE} is larger than 4 MiB`);
  const pieces: Uint8Array[] = [];
  for await (const piece of zipBytes(source.path, entry)) pieces.push(piece);
  return foldersNamed(Buffer.concat(pieces).toString('utf8'), name);
}

function refuseBombs(name: string, entries: readonly ZipEntry[], packed: number): void {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (size > MOST_BYTES)
    throw new Refusal('too-large', `${name} is larger than 4 GiB when it is unpacked.`);
  if (size > LARGE && size > packed * MOST_RATIO)
    throw new Refusal(
      'too-large',
      `${name} would become more than ${MOST_RATIO} times as large when it is unpacked: no capture does.`,
    );
}

/** Names are only compared here, and never become paths; who made such a one means harm all the same. */
function isOutside(name: string): boolean {
  return /^[/\\]|^[a-z]:|\\|\0|(^|\/)\.\.(\/|$)/i.test(name);
}

async function unpackTo(
  path: string,
  entry: ZipEntry,
  to: string,
  told: (bytes: number) => void,
): Promise<void> {
  const file = await open(to, 'wx', 0o600);
  try {
    for await (const bytes of zipBytes(path, entry)) {
      await file.writeFile(bytes);
      told(bytes.length);
    }
  } finally {
    await file.close();
  }
}

function damaged({ name }: Source, what: string): Refusal {
  return new Refusal(
    'bundle-damaged',
    `The bundle ${name} is damaged: ${what}. Nothing of it was imported.`,
  );
}
