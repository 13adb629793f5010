import { eachJsonToken } from '../redaction/json-tokens.ts';

/** What no document may hold, and what turns the direction of the text around it. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text as HTML reads it, in elements and in quoted attributes. */
export function html(text: string | number): string {
  return String(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
    .replace(UNSEEN, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Longer JSON is not coloured. */
const LONGEST_COLOURED = 200_000;

/** A text as HTML, with colours where it is JSON. */
export function codeHtml(text: string): string {
  if (!/^\s*[[{]/.test(text) || text.length > LONGEST_COLOURED) return html(text);
  let made = '';
  let at = 0;
  eachJsonToken(text, ({ kind, start, end }) => {
    const isQuoted = kind !== 'other';
    const [from, to] = isQuoted ? [start - 1, Math.min(text.length, end + 1)] : [start, end];
    const word = text.slice(from, to);
    const name = kind === 'other' ? (/^-?\d/.test(word) ? 'n' : 'w') : kind === 'key' ? 'k' : 's';
    made += `${html(text.slice(at, from))}<span class="${name}">${html(word)}</span>`;
    at = to;
  });
  return made + html(text.slice(at));
}
