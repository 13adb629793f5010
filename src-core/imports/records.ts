import { isObject, jsonText, type JsonValue, stringOf } from '../json.ts';
import { encodeUtf8 } from '../text.ts';
import { bytesOfBase64 } from './base64.ts';
import type { HeaderPairs } from './exchange.ts';

/** A value of a JSON or YAML text; YAML's `!!binary` gives bytes. */
export type RecordValue = JsonValue | Uint8Array;

const NONE = new Uint8Array(0);
/** A duration beyond this many milliseconds is a mistake: its microseconds would not be exact either. */
export const MAX_MS = 1e12;
/** A moment beyond this many milliseconds since 1970 is none that a `Date` has. */
const LAST_MS = 8.64e15;
/** Bodies within bodies: no recorder writes more. */
const DEEPEST = 4;

/**
 * Headers in the forms that recorders write: an object of strings or of lists of them (VCR), a list of
 * `{name, value}` (HAR), or a list of pairs.
 */
export function headersOf(value: unknown): HeaderPairs {
  const pairs: HeaderPairs = [];
  const add = (name: unknown, one: unknown) => {
    if (typeof name !== 'string' || name === '') return;
    for (const text of Array.isArray(one) ? one : [one]) {
      const scalar = textOf(text);
      if (scalar !== null) pairs.push([name, scalar]);
    }
  };
  if (Array.isArray(value)) {
    for (const one of value) {
      if (Array.isArray(one)) add(one[0], one[1]);
      else if (isObject(one)) add(one.name, one.value);
    }
  } else if (isObject(value)) {
    for (const [name, one] of Object.entries(value)) add(name, one);
  }
  return pairs;
}

/**
 * A body in the forms that recorders write: text, bytes, `{string}` or `{base64_string}` (VCR), `{text,
 * encoding}` (HAR), a list of pieces of text (session recordings), or the parsed JSON.
 * @returns null where there is none
 */
export function bodyOf(value: unknown, depth = 0): Uint8Array | null {
  if (value === undefined || value === null) return null;
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return encodeUtf8(value);
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((piece) => typeof piece === 'string'))
      return encodeUtf8(value.join(''));
    return linesOf(value);
  }
  if (!isObject(value)) return encodeUtf8(String(value));
  if (typeof value.base64_string === 'string') return bytesOfBase64(value.base64_string) ?? NONE;
  const inner: unknown = value.string ?? value.text;
  if ('string' in value || 'text' in value || 'encoding' in value) {
    if (inner === undefined || inner === null) return NONE;
    if (typeof inner === 'string' && stringOf(value.encoding).toLowerCase() === 'base64')
      return bytesOfBase64(inner) ?? encodeUtf8(inner);
    return depth < DEEPEST ? bodyOf(inner, depth + 1) : NONE;
  }
  return encodeUtf8(jsonText(value) ?? '');
}

/** Events that were parsed before they were kept, as JSON Lines. */
export function linesOf(events: readonly unknown[]): Uint8Array {
  return encodeUtf8(events.map((event) => `${jsonText(event as JsonValue) ?? 'null'}\n`).join(''));
}

/** Strings, and what YAML made a number or a boolean of. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** A status as number, or as text that begins with one: `200 OK`. 0 where there is none. */
export function statusOf(value: unknown): number {
  const status = typeof value === 'number' ? value : parseInt(stringOf(value), 10);
  return Number.isInteger(status) && status > 0 && status < 1000 ? status : 0;
}

/**
 * A moment as ISO 8601, from such a text, from an HTTP date, or from seconds or milliseconds since 1970.
 * @returns null for what is none
 */
export function momentOf(value: unknown): string | null {
  const ms = millisecondsOf(value);
  if (ms === null) return null;
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  return year >= 1990 && year < 2200 ? date.toISOString() : null;
}

/** The same in milliseconds since 1970. */
export function millisecondsOf(value: unknown): number | null {
  if (typeof value === 'number' && value > 0 && value <= LAST_MS)
    return value < 1e11 ? value * 1000 : value;
  if (typeof value !== 'string' || value === '') return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}
