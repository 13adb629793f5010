import { Refusal } from '../refusal.ts';
import { scanJson } from './json-scan.ts';

/**
 * The body to send: the person's own text with `"stream": true` in it, otherwise untouched.
 * @throws Refusal `invalid-json` with line and column; `not-an-object`
 */
export function streamingBody(text: string): string {
  const scan = scanJson(text);
  if (!scan.ok) {
    throw new Refusal(
      'invalid-json',
      `The request body is not JSON: line ${scan.line}, column ${scan.column}: ${scan.message}.`,
      JSON.stringify({ line: scan.line, column: scan.column, offset: scan.offset }),
    );
  }
  if (scan.kind !== 'object') {
    throw new Refusal('not-an-object', 'The request body has to be a JSON object.');
  }
  const streams = scan.members.filter((member) => member.key === 'stream');
  if (streams.length === 0) {
    const at = scan.objectStart + 1;
    const comma = scan.members.length > 0 ? ', ' : '';
    return `${text.slice(0, at)}"stream": true${comma}${text.slice(at)}`;
  }
  let body = text;
  // From the last one back, so that the offsets before it stay right.
  for (const { valueStart, valueEnd } of streams.reverse()) {
    body = `${body.slice(0, valueStart)}true${body.slice(valueEnd)}`;
  }
  return body;
}
