import { isSecretParameter } from './secret-names.ts';
import type { Span } from './spans.ts';

const PARAMETER = /(?:[?&#]|&amp;)([\w.%~-]{1,100})=([^\s&#;"'<>\\()]+)/g;
/** A user and a password, or a key in their place. */
const USER = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/?#@"'<>\\]{1,400})@/gi;
const ENCODED = /%[0-9A-Fa-f]{2}/;
/** Struck out before, here or by a recorder. */
const STRUCK = /^(?:\*+|•••|redacted)$/i;

/** Secrets that addresses hold by name, wherever an address stands in a text: `?sig=`, `//user:password@`. */
export function addressSpans(text: string): Span[] {
  const found: Span[] = [];
  const add = (to: number, value: string) => {
    if (!STRUCK.test(value)) found.push({ from: to - value.length, to, class: 'secret' });
  };
  if (text.includes('='))
    for (const { index, 0: all, 1: name = '', 2: value = '' } of text.matchAll(PARAMETER))
      if (isSecretParameter(asciiDecoded(name))) add(index + all.length, value);
  if (text.includes('@'))
    for (const { index, 0: all, 1: value = '' } of text.matchAll(USER))
      add(index + all.length - 1, value);
  return found;
}

/** Parts of addresses that are percent-encoded, with what they say. */
export function* encodedParts(text: string): Generator<{ from: number; to: number; says: string }> {
  if (!ENCODED.test(text)) return;
  for (const { index, 0: part } of text.matchAll(/[\w.~!$*+%@:-]+/g))
    if (ENCODED.test(part))
      yield { from: index, to: index + part.length, says: asciiDecoded(part) };
}

/** Keys and addresses are ASCII; what else is encoded may be no UTF-8, and stays. */
function asciiDecoded(text: string): string {
  return text.replace(/%([0-7][0-9A-Fa-f])/g, (_all, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}
