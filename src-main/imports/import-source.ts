import { type FileHandle, open, readFile, truncate, writeFile } from 'node:fs/promises';
import type { CaptureEnd, CaptureOrigin, CaptureSummary } from '../../src-core/capture.ts';
import { isLeftOut } from '../../src-core/imports/exchange.ts';
import { type Recognised, recognise } from '../../src-core/imports/recognise.ts';
import { looksSecret, MARK_LENGTH } from '../../src-core/imports/secret-marks.ts';
import { newMeta } from '../captures/store.ts';
import { computeFacts } from '../captures/summary.ts';
import { bytesText } from '../wording.ts';
import { type EntryReading, entriesOf, FORMAT_OF } from './entries.ts';
import { importBundle } from './import-bundle.ts';
import { LeftOutCount } from './left-out-count.ts';
import {
  goOn,
  headOf,
  type ImportTools,
  piecesOf,
  type Source,
  type Staged,
  type Watch,
} from './source.ts';
import { type StagedCapture, stageExchange } from './stage-exchange.ts';
import { unpack } from './unpack.ts';

/** What came of a file. */
export interface Imported {
  /** In the order of the file. */
  captures: CaptureSummary[];
  /** What a person should know of it: entries that were left out, that nothing was recognised. */
  remarks: string[];
  /** The text of a cURL command: it is no capture, and nothing was kept of it. */
  command: string | null;
}

/** Captures of one file; the entries beyond are counted. */
const MAX_CAPTURES = 500;
const REQUEST =
  'It has no events, and looks like a request with a key in it: a cURL command opens in Compose ("Copy as cURL").';
/** A command is a few screens of text. */
const MAX_COMMAND_BYTES = 1024 * 1024;

/**
 * Makes captures of a file by what is in it: of each stream of a HAR, a cassette or a log one, of anything else
 * one with the file's bytes as they are. Nothing is announced.
 * @throws Refusal `cancelled`; system errors of reading and writing. Nothing is left behind then.
 */
export async function importSource(
  tools: ImportTools,
  source: Source,
  watch: Watch,
): Promise<Imported> {
  try {
    const { head, size } = await headOf(source.path);
    const known = recognise(head, head.length === size);
    if (known.reading === 'bundle') return await importBundle(tools, source, watch);
    if (known.reading === 'gzip' && source.notes.length === 0)
      return await importPacked(tools, source, watch);
    if (known.reading === 'curl' && size <= MAX_COMMAND_BYTES) {
      const command = await readFile(source.path, 'utf8');
      discard(tools, source);
      return { captures: [], remarks: [], command };
    }
    if (
      known.reading === null ||
      known.reading === 'stream' ||
      known.reading === 'gzip' ||
      known.reading === 'curl'
    )
      return await importBytes(tools, source, known, watch);
    return await importEntries(tools, source, known.reading, watch);
  } catch (error) {
    discard(tools, source);
    throw error;
  }
}

function discard({ store }: ImportTools, { staged }: Source): void {
  if (staged) store.discard(staged);
}

async function importPacked(tools: ImportTools, source: Source, watch: Watch): Promise<Imported> {
  const staged = tools.store.stage();
  const path = staged.paths.body;
  let unpacked: Source;
  try {
    const fault = await unpack(source, path, watch);
    const notes = ['It was unpacked from gzip.', ...(fault === '' ? [] : [fault])];
    unpacked = { ...source, path, staged, notes };
  } catch (error) {
    tools.store.discard(staged);
    throw error;
  }
  discard(tools, source);
  return importSource(tools, unpacked, watch);
}

/** The bytes as they are: a stream, or nothing that is known. */
async function importBytes(
  { store }: ImportTools,
  source: Source,
  known: Recognised,
  watch: Watch,
  remarks: string[] = [],
): Promise<Imported> {
  const staged = source.staged ?? store.stage();
  try {
    // What holds requests holds their keys and cookies.
    let withheld = remarks.length > 0;
    if (withheld) await writeFile(staged.paths.body, '', { mode: 0o600 });
    else if (!source.staged) await copy(source, staged, watch);
    const indexed = () =>
      computeFacts(staged.paths, { timed: false }, (done) => {
        goOn(watch, source.name);
        watch.progress(done, 'Indexing');
      });
    let { facts, bytes } = await indexed();
    if (!withheld && facts.events === 0 && (await holdsSecrets(staged, source, watch))) {
      withheld = true;
      await truncate(staged.paths.body, 0);
      ({ facts, bytes } = await indexed());
    }
    const { name, origin, createdAt } = source;
    // What was looked for quotes the beginning, which may be the key.
    const looked =
      withheld && remarks.length === 0 ? REQUEST : known.reading === null ? known.looked : '';
    // What no beginning told may have events all the same; a HAR without a stream has none.
    const isStream = facts.events > 0 && remarks.length === 0;
    const end = isStream
      ? importedEnd(source)
      : noStream(source, { bytes, looked, withheld, events: facts.events });
    const meta = newMeta(staged.id, {
      name,
      origin: isStream ? withFormat(origin, { format: 'stream' }) : origin,
      ...(createdAt !== undefined && { createdAt }),
      end,
      timed: false,
    });
    return { captures: [store.adopt(staged, meta, facts, bytes)], remarks, command: null };
  } catch (error) {
    store.discard(staged);
    throw error;
  }
}

async function copy(source: Source, { paths }: Staged, watch: Watch): Promise<void> {
  let file: FileHandle | null = null;
  try {
    file = await open(paths.body, 'wx', 0o600);
    for await (const piece of piecesOf(source, watch, 'Copying'))
      for (let written = 0; written < piece.length;)
        written += (await file.write(piece, written)).bytesWritten;
  } finally {
    await file?.close();
  }
}

async function holdsSecrets({ paths }: Staged, { name }: Source, watch: Watch): Promise<boolean> {
  let before = '';
  for await (const piece of piecesOf({ path: paths.body, name }, watch, 'Reading')) {
    // All that secrets are told by is ASCII.
    const text = before + piece.toString('latin1');
    if (looksSecret(text)) return true;
    before = text.slice(-MARK_LENGTH);
  }
  return false;
}

async function importEntries(
  tools: ImportTools,
  source: Source,
  reading: EntryReading,
  watch: Watch,
): Promise<Imported> {
  const { store } = tools;
  const format = FORMAT_OF[reading];
  const left = new LeftOutCount(format);
  const whole: StagedCapture[] = [];
  const now = source.createdAt === undefined ? Date.now() : Date.parse(source.createdAt);
  try {
    const entries = entriesOf(source, reading, tools, watch);
    let fault = '';
    for (;;) {
      const next = await entries.next();
      if (next.done) {
        fault = next.value;
        break;
      }
      const { index, line, exchange } = next.value;
      if (isLeftOut(exchange)) left.add(exchange, index, line);
      else if (whole.length >= MAX_CAPTURES) left.addBeyond();
      else
        whole.push(
          await stageExchange(store, exchange, {
            name: `#${index + 1} ${source.name}`,
            origin: withFormat(source.origin, { format, entry: index }),
            // Newest first is how they are listed: the file's order, where it has no times.
            createdAt: new Date(now - whole.length).toISOString(),
            from: left.title,
            notes: source.notes,
          }),
        );
    }
    const remarks = left.remarks(source.name, whole.length, fault);
    if (whole.length === 0) {
      const looked = remarks.join(' ');
      return await importBytes(tools, source, { reading: null, looked }, watch, remarks);
    }
    const only = whole.length === 1 ? whole[0]! : null;
    if (only) only.meta = { ...only.meta, name: source.name };
    const captures: CaptureSummary[] = [];
    for (const { staged, meta, facts, bytes } of whole.splice(0)) {
      captures.push(store.adopt(staged, meta, facts, bytes));
      // Each is written to the disk for good, which takes a while.
      await new Promise((resolve) => setImmediate(resolve));
    }
    discard(tools, source);
    return { captures, remarks, command: null };
  } catch (error) {
    for (const { staged } of whole) store.discard(staged);
    throw error;
  }
}

function withFormat(
  origin: CaptureOrigin,
  from: Pick<Extract<CaptureOrigin, { kind: 'file' }>, 'format' | 'entry'>,
): CaptureOrigin {
  return origin.kind === 'file' || origin.kind === 'paste' ? { ...origin, ...from } : origin;
}

function importedEnd({ origin, notes }: Source): CaptureEnd {
  const source = {
    paste: 'Pasted text has no arrival times',
    example: 'This example was recorded without arrival times',
    file: 'A file has no arrival times',
    request: '',
    proxy: '',
  }[origin.kind];
  const message = [`${source}: those shown are plausible ones, made up.`, ...notes].join(' ');
  return { kind: 'closed', atUs: 0, code: null, message };
}

function noStream(
  { name, notes }: Source,
  found: { bytes: number; looked: string; withheld: boolean; events: number },
): CaptureEnd {
  const { bytes, looked, withheld, events } = found;
  const why = looked || 'An event is a block of "data:" lines that a blank line ends, or JSON.';
  const kept = withheld
    ? 'Nothing of it was kept, since it may hold keys and cookies.'
    : `${bytesText(bytes)} were kept.`;
  const isKnown = events > 0 || withheld;
  const message = isKnown
    ? [why, kept, ...notes]
    : [`No events in ${name}: ${kept}`, why, ...notes];
  return {
    kind: 'failed',
    atUs: 0,
    code: isKnown ? 'no-stream' : 'no-events',
    message: message.join(' '),
  };
}
