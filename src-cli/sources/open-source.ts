import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { recognise, type Recognised } from '../../src-core/imports/recognise.ts';
import { captureFolderOf } from '../../src-main/imports/import-capture.ts';
import { headOf } from '../../src-main/imports/source.ts';
import type { Console } from '../console/console.ts';
import { InputError } from '../failure.ts';
import { fileSource, pipeSource, standardInput, unreadable } from './byte-source.ts';
import { captureSource } from './capture-source.ts';
import { importedSources } from './imported-sources.ts';
import type { Source } from './source.ts';

/**
 * The streams that an input names: one, or as many as its file holds, each to be read before the next.
 * @param name as given on the command line; `-` for standard input, `file.har#2` for one of several
 * @param remark takes what a person should know of a file
 * @throws InputError for what is not there, may not be read, or is a folder without any of these
 */
export async function* openSources(
  name: string,
  console: Console,
  remark: (text: string) => void,
): AsyncGenerator<Source> {
  if (name === '-') return yield* openPipe(standardInput(console), remark);
  const { path, entry } = await placeOf(name, console);
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  const folder = await captureFolderOf(path, found.isDirectory());
  if (folder) return yield captureSource(name, folder);
  if (found.isDirectory()) return yield* openFolder(name, path, console, remark);
  if (!found.isFile()) return yield* openPipe(pipeSource(name, path, console), remark);
  const known = await recognisedFile(name, path);
  if (!isPacked(known) && entry === null) return yield fileSource(name, path, lookedFor(known));
  const file = entry === null ? name : name.slice(0, name.lastIndexOf('#'));
  yield* importedSources({ name: file, path: file, bytes: path, entry, remark });
}

/** The captures and files with streams that are right in a folder, by name. */
async function* openFolder(
  name: string,
  path: string,
  console: Console,
  remark: (text: string) => void,
): AsyncGenerator<Source> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  const within = entries.filter((entry) => !entry.name.startsWith('.'));
  const chosen: string[] = [];
  const leftOut: string[] = [];
  for (const { name: entry } of within.sort((a, b) => (a.name < b.name ? -1 : 1)))
    ((await isWorthOpening(join(path, entry))) ? chosen : leftOut).push(entry);
  if (chosen.length === 0)
    throw new InputError(
      `${name} is a folder, and there is no capture and no stream in it.`,
      'Name a file, the folder of a capture, or a folder with some of these.',
    );
  if (leftOut.length > 0) {
    const more = leftOut.length > 3 ? ` and ${leftOut.length - 3} more` : '';
    remark(`Left out of ${name}, no stream: ${leftOut.slice(0, 3).join(', ')}${more}.`);
  }
  for (const entry of chosen)
    for await (const source of openSources(join(name, entry), console, remark))
      yield { ...source, streams: Math.max(source.streams, chosen.length) };
}

/** Whether what lies in a folder was put there to be read: also a file that should hold a stream and is empty. */
async function isWorthOpening(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (!found) return false;
  if (found.isDirectory()) return (await captureFolderOf(path, true)) !== null;
  if (!found.isFile()) return false;
  const { reading } = await recognisedFile(path, path);
  return found.size === 0 || (reading !== null && reading !== 'curl');
}

/** The path that a name means, and the entry after a `#` that is no part of the path. */
async function placeOf(name: string, { workingDirectory }: Console) {
  const path = resolve(workingDirectory, name);
  const [, file, entry] = /^(.+)#(\d{1,6})$/.exec(path) ?? [];
  const isThere = async (one: string) => (await stat(one).catch(() => null)) !== null;
  if (file === undefined || (await isThere(path)) || !(await isThere(file)))
    return { path, entry: null };
  return { path: file, entry: Number(entry) };
}

async function recognisedFile(name: string, path: string): Promise<Recognised> {
  try {
    const { head, size } = await headOf(path);
    return recognise(head, head.length === size);
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** What can be read only once is told by the bytes that come first, so that a live stream waits for nothing. */
async function* openPipe(source: Source, remark: (text: string) => void): AsyncGenerator<Source> {
  const pieces = source.pieces()[Symbol.asyncIterator]();
  const first = await pieces.next();
  const again = async function* () {
    for (let next = first; !next.done; next = await pieces.next()) yield next.value;
  };
  const head = first.done ? new Uint8Array(0) : first.value[0]!.bytes;
  const known = recognise(head, false);
  if (!isPacked(known)) return yield { ...source, pieces: again };
  const bytes = async function* () {
    for await (const batch of again()) for (const piece of batch) yield piece.bytes;
  };
  yield* importedSources({
    name: source.name,
    path: source.path,
    bytes: bytes(),
    entry: null,
    remark,
  });
}

/** Whether streams have to be taken out of it. A cURL command is none, and holds none. */
function isPacked({ reading }: Recognised): boolean {
  return reading !== null && reading !== 'stream' && reading !== 'curl';
}

/** What to say of a file that turns out to hold no events; `''` where it begins like a stream. */
function lookedFor(known: Recognised): string {
  if (known.reading === 'curl')
    return 'It is a cURL command: run it, with -N, and pipe its output here.';
  return known.reading === null ? known.looked : '';
}
