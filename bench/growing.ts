import { Allow, parse } from 'partial-json';
import { GrowingDocument } from '../src-core/growing/growing-document.ts';
import { measure, median } from './measure.ts';
import { randomOf } from './streams.ts';
import { fixed, printTable } from './table.ts';

const KIB = 1024;
const DELTA = 4;
const SIZES = [8 * KIB, 64 * KIB, 256 * KIB, KIB * KIB, 8 * KIB * KIB];
/** The peer is not run where four or more times the text would take it longer than this. */
const PEER_LIMIT_MS = 20_000;

/** A list of records as models write them, cut to `length` characters. */
export function recordsText(length: number): string {
  const random = randomOf(3);
  const records: string[] = [];
  for (let written = 0; written < length;) {
    const record = JSON.stringify({
      id: records.length,
      name: `Person ${Math.floor(random() * 1e6)}`,
      quote: 'She said "time flies"\nand left — 東京 😀.',
      tags: ['engineer', 'caf\u00e9'],
      score: Math.floor(random() * 1e6) / 1e3,
      active: random() < 0.5,
      manager: null,
      address: { street: `${Math.floor(random() * 200)} Main Street`, city: 'Springfield' },
    });
    records.push(record);
    written += record.length + 1;
  }
  return `[${records.join(',')}]`.slice(0, length);
}

function readByDeltas(document: GrowingDocument, text: string): GrowingDocument {
  for (let at = 0; at < text.length; at += DELTA) document.append(text.slice(at, at + DELTA));
  return document;
}

/** What one does without a growing document: the whole text again after each delta. */
function parseAgain(text: string): unknown {
  let read = '';
  let value: unknown;
  for (let at = 0; at < text.length; at += DELTA) {
    read += text.slice(at, at + DELTA);
    value = parse(read, Allow.ALL);
  }
  return value;
}

/** Milliseconds of one run of the peer at each size that it gets through, once warmed up. */
function peerTimes(texts: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  parseAgain(texts[0]!);
  for (let row = 0; row < texts.length; row++) {
    const began = performance.now();
    parseAgain(texts[row]!);
    const took = performance.now() - began;
    times.set(texts[row]!, took);
    const growth = (texts[row + 1]?.length ?? 0) / texts[row]!.length;
    if (took * growth ** 2 > PEER_LIMIT_MS) break;
  }
  return times;
}

/** Bytes that a document takes beside its text, a character of that. */
function memoryOf(text: string): number {
  const { gc } = globalThis as { gc?: () => void };
  const used = () => {
    gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  // What the first garbage collection frees is no part of it; of small documents, many count.
  used();
  const before = used();
  const documents: GrowingDocument[] = [];
  for (let total = 0; total < SIZES.at(-1)!; total += text.length)
    documents.push(readByDeltas(new GrowingDocument(text), text));
  return (used() - before) / (documents.length * documents[0]!.length);
}

/** Microseconds of a view at a random length: its state, the open place, and the nodes there. */
function viewTime(document: GrowingDocument): number {
  const random = randomOf(5);
  const views = 20_000;
  let nodes = 0;
  const began = performance.now();
  for (let view = 0; view < views; view++) {
    const prefix = document.at(Math.floor(random() * document.length));
    if (prefix.state === 'open' && prefix.openPointer !== null) nodes += prefix.nodeCount;
  }
  const took = performance.now() - began;
  if (nodes === 0) throw new Error('no view had a node');
  return (took / views) * 1000;
}

export async function growing(): Promise<void> {
  const texts = SIZES.map(recordsText);
  const peer = peerTimes(texts);
  const rows: string[][] = [];
  // The smallest text alone would be over before the code is compiled.
  for (const text of texts) readByDeltas(new GrowingDocument(), text);
  for (const text of texts) {
    const name = `${text.length / KIB} KiB`;
    const run = () => readByDeltas(new GrowingDocument(), text);
    const ms = median(await measure([{ name, run }]), name);
    const again = peer.get(text);
    rows.push([
      name,
      fixed(ms, 2),
      fixed((ms * 1e6) / text.length, 0),
      again === undefined ? 'not run' : fixed(again),
      again === undefined ? '' : fixed((again * 1e6) / text.length, 0),
      fixed(viewTime(readByDeltas(new GrowingDocument(), text)), 1),
      fixed(memoryOf(text), 1),
    ]);
  }
  console.log(`Growing JSON in deltas of ${DELTA} characters: the tree after each`);
  const ours = ['ms', 'ns/character', 'partial-json again, ms', 'ns/character'];
  printTable(['median of 9 rounds', ...ours, 'us/view', 'bytes/character'], rows);
  console.log(
    'partial-json again: parses all of the text after each delta; one run, up to the size',
  );
  console.log(`from which the next would take more than ${fixed(PEER_LIMIT_MS / 1000, 0)} s.`);
  console.log(
    'us/view: state and open place at a random earlier length. bytes: beside the text.\n',
  );
}
