import { parseJson } from '../../src-core/json.ts';
import { scanJsonText } from '../../src-core/json-text.ts';
import { ByteLines } from '../../src-core/imports/byte-lines.ts';
import { cassetteExchange, sessionExchange } from '../../src-core/imports/cassette.ts';
import {
  type ImportedExchange,
  type ImportFormat,
  type LeftOut,
  leftOut,
} from '../../src-core/imports/exchange.ts';
import { harExchange } from '../../src-core/imports/har.ts';
import { JsonElements } from '../../src-core/imports/json-elements.ts';
import { pairExchange } from '../../src-core/imports/pairs.ts';
import type { Reading } from '../../src-core/imports/recognise.ts';
import { transcriptExchange } from '../../src-core/imports/transcript.ts';
import { YamlAnchors } from '../../src-core/imports/yaml-anchors.ts';
import { YamlItems } from '../../src-core/imports/yaml-items.ts';
import { messageOf } from '../refusal.ts';
import { goOn, type ImportTools, piecesOf, type Source, type Watch } from './source.ts';

/** An entry of a file that has several. */
export interface Entry {
  /** Within the file, from 0. */
  index: number;
  /** Where it begins: its line, from 1. */
  line: number;
  exchange: ImportedExchange | LeftOut;
}

/** The readings whose files have entries. */
export type EntryReading = Exclude<Reading, 'stream' | 'gzip' | 'curl' | 'bundle'>;

export const FORMAT_OF: Readonly<Record<EntryReading, Exclude<ImportFormat, 'stream'>>> = {
  har: 'har',
  'cassette-json': 'cassette',
  'cassette-yaml': 'cassette',
  'mock-yaml': 'cassette',
  session: 'session',
  'pair-lines': 'pairs',
  'pair-array': 'pairs',
  transcript: 'transcript',
};

/** An entry is read whole: larger ones are left out, so that memory is bounded. */
export const MAX_ENTRY_BYTES = 64 * 1024 * 1024;
/** YAML takes some thirty times its size while it is read. */
export const MAX_YAML_BYTES = 12 * 1024 * 1024;

const ARRAYS: Partial<Record<EntryReading, readonly (readonly string[])[]>> = {
  har: [['log', 'entries']],
  'cassette-json': [['interactions'], ['http_interactions']],
  session: [['Entries']],
  'pair-array': [[]],
};

/**
 * The entries of a file one after the other: one is in memory at a time.
 * @returns what is wrong with the file beyond its entries, `''` where nothing is
 * @throws Refusal `cancelled`; system errors of reading
 */
export function entriesOf(
  source: Source,
  reading: EntryReading,
  tools: ImportTools,
  watch: Watch,
): AsyncGenerator<Entry, string> {
  const paths = ARRAYS[reading];
  if (paths) return arrayEntries(source, reading, paths, watch);
  if (reading === 'transcript') return transcriptEntry(source, watch);
  if (reading === 'pair-lines') return lineEntries(source, watch);
  return yamlEntries(source, reading, tools, watch);
}

async function* arrayEntries(
  source: Source,
  reading: EntryReading,
  paths: readonly (readonly string[])[],
  watch: Watch,
): AsyncGenerator<Entry, string> {
  const read =
    reading === 'har'
      ? harExchange
      : reading === 'session'
        ? sessionExchange
        : reading === 'pair-array'
          ? pairExchange
          : cassetteExchange;
  const elements = new JsonElements(paths, MAX_ENTRY_BYTES);
  for await (const piece of piecesOf(source, watch, 'Reading'))
    for (const { index, line, bytes } of elements.push(piece))
      yield { index, line, exchange: parsed(bytes, read) };
  const fault = elements.end();
  return fault ? `line ${fault.line}, byte ${fault.byte}: ${fault.message}` : '';
}

async function* lineEntries(source: Source, watch: Watch): AsyncGenerator<Entry, string> {
  const lines = new ByteLines(MAX_ENTRY_BYTES);
  let index = 0;
  const read = function* (found: ReturnType<ByteLines['push']>): Generator<Entry> {
    for (const { line, bytes } of found) {
      if (bytes !== null && bytes.length === 0) continue;
      yield { index: index++, line, exchange: parsed(bytes, pairExchange) };
    }
  };
  for await (const piece of piecesOf(source, watch, 'Reading')) yield* read(lines.push(piece));
  yield* read(lines.end());
  return '';
}

async function* transcriptEntry(source: Source, watch: Watch): AsyncGenerator<Entry, string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of piecesOf(source, watch, 'Reading')) {
    size += piece.length;
    if (size > MAX_ENTRY_BYTES) break;
    pieces.push(Buffer.from(piece));
  }
  const isTooLarge = size > MAX_ENTRY_BYTES;
  const exchange = isTooLarge ? leftOut('too large') : transcriptExchange(Buffer.concat(pieces));
  yield { index: 0, line: 1, exchange };
  return '';
}

type ReadEntry = (value: unknown) => ImportedExchange | LeftOut;

function parsed(bytes: Uint8Array | null, read: ReadEntry): ImportedExchange | LeftOut {
  if (bytes === null) return leftOut('too large');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value !== undefined) return read(value);
  // Only what is wrong is read a second time, to say where.
  const { fault } = scanJsonText(text);
  return leftOut(
    'unreadable',
    fault ? `${fault.message} (its line ${fault.line}, column ${fault.column})` : 'no JSON',
  );
}

async function* yamlEntries(
  source: Source,
  reading: EntryReading,
  { readYaml }: ImportTools,
  watch: Watch,
): AsyncGenerator<Entry, string> {
  const lines = new ByteLines(MAX_YAML_BYTES);
  const items = new YamlItems(MAX_YAML_BYTES, reading === 'mock-yaml' ? 'documents' : 'list');
  const anchors = new YamlAnchors();
  const read = async function* (found: ReturnType<YamlItems['push']>): AsyncGenerator<Entry> {
    for (const { index, line, text } of found) {
      goOn(watch, source.name);
      // The documents of a text share no anchors (YAML 1.2.2, 3.2.2.2).
      const complete = text !== null && reading !== 'mock-yaml' ? anchors.complete(text) : text;
      const exchange =
        complete !== null
          ? await fromYaml(complete, readYaml)
          : text === null
            ? leftOut('too large')
            : leftOut('unreadable', 'its aliases repeat too much of other entries');
      yield { index, line, exchange };
      if (text !== null && reading !== 'mock-yaml') anchors.add(text);
    }
  };
  for await (const piece of piecesOf(source, watch, 'Reading'))
    for (const line of lines.push(piece)) yield* read(items.push(line));
  for (const line of lines.end()) yield* read(items.push(line));
  yield* read(items.end());
  return items.found ? '' : 'no list of interactions, an item a line that begins with "- "';
}

async function fromYaml(
  text: string,
  readYaml: ImportTools['readYaml'],
): Promise<ImportedExchange | LeftOut> {
  try {
    const value = await readYaml(text);
    return cassetteExchange(Array.isArray(value) ? value.at(-1) : value);
  } catch (error) {
    return leftOut('unreadable', messageOf(error).split('\n')[0]!);
  }
}
