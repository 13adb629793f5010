import { BUNDLE_FILE } from '../export/bundle-layout.ts';
import { isObject, parseJson } from '../json.ts';
import { type JsonFault, scanJsonText } from '../json-text.ts';
import { decodeUtf8 } from '../text.ts';
import { looksLikeCurl } from './curl-words.ts';
import { topKeys } from './json-keys.ts';
import { isPair } from './pairs.ts';
import { looksLikeTranscript } from './transcript.ts';
import { startsLikeEvents } from './worth.ts';

/** Bytes at the start of a file that say what it is. */
export const HEAD_BYTES = 64 * 1024;

/** How a file is to be read. */
export type Reading =
  | 'stream'
  | 'har'
  | 'cassette-json'
  | 'cassette-yaml'
  | 'mock-yaml'
  | 'session'
  | 'pair-lines'
  | 'pair-array'
  | 'transcript'
  | 'bundle'
  | 'gzip'
  | 'curl';

/** What a file is; where it is nothing that is known, what was looked for, and where each failed. */
export type Recognised = { reading: Reading } | { reading: null; looked: string };

/** What some files are that can't be read: the first bytes, and what to do. */
const ARCHIVES: readonly (readonly [bytes: readonly number[], message: string])[] = [
  [[0x50, 0x4b, 3, 4], 'It is a ZIP archive: unpack it, and open what is in it.'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'It is compressed with zstd: unpack it with "zstd -d" first.'],
  [[0x42, 0x5a, 0x68], 'It is compressed with bzip2: unpack it with "bunzip2" first.'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'It is compressed with xz: unpack it with "unxz" first.'],
  [[0xff, 0xfe], 'It is text in UTF-16, as ">" of PowerShell writes it: save it as UTF-8.'],
  [[0xfe, 0xff], 'It is text in UTF-16: save it as UTF-8.'],
];

/**
 * Tells what a file is by its beginning; its name says nothing.
 * @param head the first `HEAD_BYTES`, or all of a smaller file
 * @param isWhole whether `head` is all of it
 */
export function recognise(head: Uint8Array, isWhole: boolean): Recognised {
  if (head[0] === 0x1f && head[1] === 0x8b) return { reading: 'gzip' };
  if (isBundle(head)) return { reading: 'bundle' };
  const archive = ARCHIVES.find(([bytes]) => bytes.every((byte, at) => head[at] === byte));
  if (archive) return { reading: null, looked: archive[1] };
  const text = decodeUtf8(head).replace(/^\uFEFF/, '');
  const start = text.search(/\S/);
  const first = text[start];
  if (first === '{') return objectReading(text, isWhole);
  if (first === '[') return arrayReading(text, isWhole);
  if (looksLikeCurl(text)) return { reading: 'curl' };
  if (looksLikeTranscript(text)) return { reading: 'transcript' };
  if (startsLikeEvents(text)) return { reading: 'stream' };
  if (/^(http_)?interactions:/m.test(text)) return { reading: 'cassette-yaml' };
  if (/^when:\s*$/m.test(text) && /^ +(path|method):/m.test(text)) return { reading: 'mock-yaml' };
  // What something printed before the stream is no reason to refuse it.
  if (/^(data|event): ?\S/m.test(text)) return { reading: 'stream' };
  return { reading: null, looked: lookedFor(text, start, head) };
}

/** Whether a zip begins with `bundle.json`, also one that somebody has packed again in another order. */
function isBundle(head: Uint8Array): boolean {
  return (
    [0x50, 0x4b, 3, 4].every((byte, at) => head[at] === byte) &&
    decodeUtf8(head).includes(BUNDLE_FILE)
  );
}

function objectReading(text: string, isWhole: boolean): Recognised {
  const keys = topKeys(text);
  const log = keys.get('log');
  if (log && (log.has('entries') || log.has('creator') || log.has('version')))
    return { reading: 'har' };
  if (keys.has('interactions') || keys.has('http_interactions'))
    return { reading: 'cassette-json' };
  if (keys.has('Entries')) return { reading: 'session' };
  const line = firstLine(text);
  const value = line === null ? undefined : parseJson(line);
  const request = keys.get('request');
  if (
    isPair(value) ||
    (value === undefined && request && (request.has('url') || request.has('uri')))
  )
    return { reading: 'pair-lines' };
  // A line that is longer than the head is taken for one.
  if (value !== undefined || line === null || !isWhole) return { reading: 'stream' };
  const { fault } = scanJsonText(text);
  // Printed objects that follow each other are events as well, and so is one.
  if (!fault || /\}\s*\{/.test(text)) return { reading: 'stream' };
  return { reading: null, looked: documentFault(text, fault) };
}

function arrayReading(text: string, isWhole: boolean): Recognised {
  const keys = topKeys(text);
  const request = keys.get('request');
  if (request && keys.has('response') && (request.has('url') || request.has('uri')))
    return { reading: 'pair-array' };
  const element = /^\s*\[\s*(.?)/.exec(text)![1];
  if (element === '{') {
    const fault = isWhole ? scanJsonText(text).fault : null;
    // Events before the fault are events all the same.
    if (!fault || keys.size > 0) return { reading: 'stream' };
  }
  const line = firstLine(text);
  if (line !== null && Array.isArray(parseJson(line)) && text.trim() !== line.trim())
    return { reading: 'stream' };
  const found =
    element === '' ? 'nothing follows' : `its first element begins with ${quoted(element!)}`;
  return {
    reading: null,
    looked: `A JSON array of events was expected, and ${found}: line 1, byte ${text.indexOf('[') + 1}.`,
  };
}

/** The first line with something in it; null where it goes on beyond the head. */
function firstLine(text: string): string | null {
  const from = text.search(/\S/);
  const end = text.indexOf('\n', from);
  if (end >= 0) return text.slice(from, end);
  // The end of the text is the end of the line only if nothing is open there.
  const rest = text.slice(from);
  return isObject(parseJson(rest)) || Array.isArray(parseJson(rest)) ? rest : null;
}

/** Where a text that begins like JSON is none. */
function documentFault(text: string, { offset, line, column, message }: JsonFault): string {
  const byte = utf8Length(text.slice(0, offset));
  return `It begins like JSON, and is none: line ${line}, column ${column} (byte ${byte}): ${message}.`;
}

function lookedFor(text: string, start: number, head: Uint8Array): string {
  if (start < 0) return 'It holds nothing but white space.';
  const line = text.slice(0, start).split('\n').length;
  const byte = utf8Length(text.slice(0, start)) + (head[0] === 0xef ? 3 : 0);
  const lineText = text.slice(start).split(/\r?\n/, 1)[0]!;
  const where = `line ${line}, byte ${byte}`;
  return (
    `Looked for an event stream (${where}: ${quoted(lineText)} is no field such as "data:"), ` +
    `JSON Lines, an array of events, a HAR or a log of requests and responses (${where}: neither { nor [), ` +
    'a VCR cassette (no line "interactions:"), a cURL command (no "curl" at the start) ' +
    `and gzip (its first bytes are ${hex(head)}, not 1f 8b).`
  );
}

function quoted(text: string): string {
  // Control characters would spoil the message.
  // eslint-disable-next-line no-control-regex
  const clean = text.replace(/[\u0000-\u001f\u007f]/g, '\uFFFD');
  return JSON.stringify(clean.length > 24 ? `${clean.slice(0, 24)}…` : clean);
}

function hex(head: Uint8Array): string {
  return [...head.subarray(0, 2)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
