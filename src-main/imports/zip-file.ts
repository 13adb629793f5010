import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';
import { messageOf } from '../refusal.ts';
import { crc32 } from './crc32.ts';

/** A file in a zip (PKWARE's APPNOTE, sections 4.3 and 4.4). */
export interface ZipEntry {
  name: string;
  /** 0: as it is, 8: deflated. */
  method: number;
  encrypted: boolean;
  crc: number;
  packed: number;
  size: number;
  /** Of its local header. */
  offset: number;
}

/** What is wrong with a zip, as the end of a sentence: `its list of files is cut off`. */
export class ZipFault extends Error {}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record, and the longest comment after it. */
const LONGEST_END = 22 + 0xffff;
const MOST_ENTRIES = 10_000;

/**
 * The files that a zip lists at its end. Names are those that stand there, checked by nobody.
 * @throws ZipFault; system errors of reading
 */
export async function zipEntries(path: string): Promise<ZipEntry[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = await bytesAt(file, Math.max(0, size - LONGEST_END), Math.min(size, LONGEST_END));
    const end = endRecord(tail);
    const count = tail.readUInt16LE(end + 10);
    const length = tail.readUInt32LE(end + 12);
    const start = tail.readUInt32LE(end + 16);
    if (count === 0xffff || start === 0xffffffff)
      throw new ZipFault('it is written with the 64-bit extension, which is not read');
    if (count > MOST_ENTRIES) throw new ZipFault(`it has more than ${MOST_ENTRIES} files`);
    if (start + length > size) throw new ZipFault('its list of files is cut off');
    const entries = listed(await bytesAt(file, start, length), count);
    refuseOverlaps(entries, start);
    return entries;
  } finally {
    await file.close();
  }
}

function endRecord(tail: Buffer): number {
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END) continue;
    if (at + 22 + tail.readUInt16LE(at + 20) <= tail.length) return at;
  }
  throw new ZipFault('it is cut off: the list of its files, which stands at the end, is missing');
}

function listed(bytes: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL)
      throw new ZipFault(`its list of files is damaged at file ${entries.length + 1}`);
    const nameLength = bytes.readUInt16LE(at + 28);
    const rest = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + rest;
  }
  return entries;
}

/** Files that share bytes are how a small zip becomes an endless one. */
function refuseOverlaps(entries: readonly ZipEntry[], end: number): void {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  for (const [row, { name, offset, packed }] of sorted.entries()) {
    const next = sorted[row + 1]?.offset ?? end;
    if (offset + 30 + packed > next)
      throw new ZipFault(`${name} goes on where another file begins`);
  }
}

/**
 * The bytes of a file in it, in pieces, checked as they come.
 * @throws ZipFault as soon as they are more than the list says, are no deflated data, or when they are not
 *   those of the checksum
 */
export async function* zipBytes(path: string, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const { name, method, size } = entry;
  if (entry.encrypted) throw new ZipFault(`${name} is encrypted`);
  if (method !== 0 && method !== 8)
    throw new ZipFault(`${name} is compressed with method ${method}`);
  const start = await dataStart(path, entry);
  let written = 0;
  let crc = 0;
  for await (const bytes of unpacked(path, start, entry)) {
    written += bytes.length;
    if (written > size) throw new ZipFault(`${name} holds more than the ${size} bytes it says`);
    crc = crc32(bytes, crc);
    yield bytes;
  }
  if (written < size) throw new ZipFault(`${name} ends after ${written} of ${size} bytes`);
  if (crc !== entry.crc) throw new ZipFault(`the checksum of ${name} is wrong`);
}

async function dataStart(path: string, { name, offset }: ZipEntry): Promise<number> {
  const file = await open(path, 'r');
  try {
    const head = await bytesAt(file, offset, 30);
    if (head.length < 30 || head.readUInt32LE(0) !== LOCAL)
      throw new ZipFault(`${name} is not where the list says`);
    return offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

async function* unpacked(
  path: string,
  start: number,
  { name, method, packed }: ZipEntry,
): AsyncGenerator<Uint8Array> {
  if (packed === 0) return;
  const read = createReadStream(path, { start, end: start + packed - 1 });
  if (method === 0) {
    yield* read as AsyncIterable<Buffer>;
    return;
  }
  const inflate = createInflateRaw();
  read.on('error', (error) => inflate.destroy(error));
  try {
    yield* read.pipe(inflate) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new ZipFault(`${name} can't be unpacked (${messageOf(error)})`);
  } finally {
    read.destroy();
    inflate.destroy();
  }
}

async function bytesAt(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
