import { isObject, parseJson } from '../json.ts';
import { decodeUtf8 } from '../text.ts';

/** How much of a block is quoted, in bytes. */
const QUOTED = 80;

/**
 * What the event of a block would be called that lacks nothing but line ends: its type, its name or how its
 * data begins. '' where the data is neither a whole object nor `[DONE]`, so that more is missing.
 */
export function wholeEvent(data: string, name: string): string {
  if (data === '[DONE]') return data;
  const value = parseJson(data);
  if (!isObject(value)) return '';
  return typeof value.type === 'string' ? value.type : name || quoted(data);
}

/** How bytes begin, on one line. */
export function beginning(bytes: Uint8Array): string {
  const cut = bytes.length > QUOTED ? bytes.subarray(0, QUOTED) : bytes;
  return quoted(decodeUtf8(cut)) + (cut.length < bytes.length ? '…' : '');
}

function quoted(text: string): string {
  const shown = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  return shown
    .trimEnd()
    .replace(/\r\n|\r|\n/g, ' ↵ ')
    .replace(/\p{Cc}/gu, '\ufffd');
}
