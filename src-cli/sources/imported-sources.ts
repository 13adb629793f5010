import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CaptureSummary } from '../../src-core/capture.ts';
import { recognise } from '../../src-core/imports/recognise.ts';
import { CaptureStore } from '../../src-main/captures/store.ts';
import { importSource } from '../../src-main/imports/import-source.ts';
import { readYaml } from '../../src-main/imports/read-yaml.ts';
import { headOf, UNWATCHED } from '../../src-main/imports/source.ts';
import { Refusal } from '../../src-main/refusal.ts';
import { InputError } from '../failure.ts';
import { captureSource } from './capture-source.ts';
import type { Source } from './source.ts';

/** A file that holds streams in another format: which, and what to call it. */
export interface Packed {
  /** As it was named. */
  name: string;
  /** The file, as it was named; null for standard input. */
  path: string | null;
  /** Where its bytes are; or they themselves, which then are written to a file first. */
  bytes: string | AsyncIterable<Uint8Array>;
  /** Only the stream of this entry, from 1; null for all. */
  entry: number | null;
  /** Takes what a person should know of the file: entries that were left out. */
  remark: (text: string) => void;
}

/**
 * The streams of a HAR, a cassette, a log of requests and responses, or of any of these or a stream in
 * gzip, imported as the app does it into a folder that is gone when the last one was read.
 * @throws InputError
 */
export async function* importedSources(packed: Packed): AsyncGenerator<Source> {
  const folder = await mkdtemp(join(tmpdir(), 'deltascope-'));
  try {
    const store = new CaptureStore(folder, { changed: () => {}, notice: () => {} });
    store.start();
    const path = await fileOf(packed, folder);
    const { name } = packed;
    const source = { path, name, origin: { kind: 'file' as const, path }, staged: null, notes: [] };
    const { captures, remarks } = await importSource({ store, readYaml }, source, UNWATCHED).catch(
      (error: unknown) => {
        throw error instanceof Refusal ? new InputError(error.message) : error;
      },
    );
    const numbers = await numbersOf(path, captures, store);
    const chosen = captures.filter((_, at) => isChosen(packed, numbers[at]!));
    if (chosen.length === 0) throw noEntry(packed, numbers);
    // Where nothing but the file's bytes came out of it, its end says the same.
    if (captures.some(({ status }) => status !== 'failed')) remarks.forEach(packed.remark);
    const streams = chosen.length;
    for (const capture of chosen) {
      const entry = numbers[captures.indexOf(capture)]!;
      const { folder } = store.paths(capture.id);
      const called = captures.length > 1 || packed.entry !== null ? `${name}#${entry}` : name;
      yield { ...captureSource(called, folder), path: packed.path, isPart: true, streams };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fileOf({ bytes }: Packed, folder: string): Promise<string> {
  if (typeof bytes === 'string') return bytes;
  const path = join(folder, 'input');
  await pipeline(Readable.from(bytes), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  return path;
}

/** Which of the file each capture is, from 1: the entry that it was, or the capture of a bundle. */
async function numbersOf(
  path: string,
  captures: readonly CaptureSummary[],
  store: CaptureStore,
): Promise<number[]> {
  const { head, size } = await headOf(path);
  const isBundle = recognise(head, head.length === size).reading === 'bundle';
  return captures.map(({ id }, at) => {
    const { origin } = store.meta(id);
    return isBundle ? at + 1 : origin.kind === 'file' ? (origin.entry ?? 0) + 1 : 1;
  });
}

function isChosen({ entry }: Packed, own: number): boolean {
  return entry === null || entry === own;
}

function noEntry({ name, entry }: Packed, numbers: readonly number[]) {
  const known = numbers.map((number) => `#${number}`).join(', ');
  return new InputError(`${name} has no stream #${entry}.`, `It has ${known}.`);
}
