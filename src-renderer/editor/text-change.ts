import { parseJson } from '../../src-core/json.ts';

/** One replacement that makes a text of another: offsets in the text before. */
export interface TextChange {
  start: number;
  end: number;
  text: string;
}

/** The smallest replacement; null for equal texts. Characters of two code units are not split. */
export function changeBetween(before: string, after: string): TextChange | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  if (head > 0 && isHighSurrogate(before.charCodeAt(head - 1))) head--;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  if (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail--;
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}
function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

/** Whether two texts are the same JSON, differing in layout only. */
export function isSameJson(one: string, other: string): boolean {
  if (one.trim() === other.trim()) return true;
  const value = parseJson(one);
  const otherValue = parseJson(other);
  if (value === undefined || otherValue === undefined) return false;
  return JSON.stringify(value) === JSON.stringify(otherValue);
}
