import type { JsonValue } from '../json.ts';

/**
 * The value of the inside of a string, quotes left out, that may end anywhere: an escape that is not
 * whole is left out. Half a surrogate pair stays half.
 */
export function stringValue(inside: string): string {
  let end = inside.length;
  for (let at = inside.indexOf('\\'); at >= 0; at = inside.indexOf('\\', at)) {
    const size = inside[at + 1] === 'u' ? 6 : 2;
    if (at + size > inside.length) {
      end = at;
      break;
    }
    at += size;
  }
  try {
    // Copies: a slice would keep all of the text alive, of which there is another after each delta.
    return JSON.parse(`"${inside.slice(0, end)}"`) as string;
  } catch {
    // Not reached from a document, which has no other escapes.
    return inside;
  }
}

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/;

/** The number that a text that may end anywhere has come to: 1 of `1.`, none of `-`. */
export function numberValue(text: string): number | undefined {
  const whole = NUMBER.exec(text)?.[0];
  return whole === undefined ? undefined : Number(whole);
}

/** The keyword that a text begins, which its first letter decides. */
export function keywordValue(text: string): JsonValue {
  return text.startsWith('t') ? true : text.startsWith('f') ? false : null;
}
