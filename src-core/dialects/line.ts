import { isObject, type JsonValue } from '../json.ts';
import type { Summary } from '../summary.ts';

const LONGEST = 300;

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A line of plain words. */
export function words(text: string, tag = ''): Summary {
  return { delta: null, text: shorten(text), tag };
}

/** A line that shows the fragment an event carries. */
export function fragment(delta: string): Summary {
  return { delta: shorten(delta), text: '', tag: '' };
}

/** A value as compact JSON. */
export function compact(value: JsonValue | undefined): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // A value nested some thousand levels deep exhausts the printer's stack, not the parser's.
    return '(nested too deeply to show)';
  }
}

/** "12 in, 5 out, 17 tokens" of what there is. */
export function tokens(input: number | null, output: number | null, total: number | null): string {
  const parts: string[] = [];
  if (input !== null) parts.push(`${input} in`);
  if (output !== null) parts.push(`${output} out`);
  if (total !== null) parts.push(`${total} tokens`);
  return parts.join(', ');
}

/** What stands in a value when nothing better is known of it. */
export function membersOf(value: JsonValue | undefined): string {
  return isObject(value) ? Object.keys(value).join(', ') : compact(value);
}
