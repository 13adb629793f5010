import { Refusal } from '../refusal.ts';
import { scanJsonText } from '../../src-core/json-text.ts';

/**
 * The body to send: the person's own text with `"stream": true` in it, otherwise untouched.
 * @throws Refusal `invalid-json` with line and column; `not-an-object`
 */
export function streamingBody(text: string): string {
  const { root, fault } = scanJsonText(text);
  if (fault) {
    const { line, column, offset, message } = fault;
    throw new Refusal(
      'invalid-json',
      `The request body is not JSON: line ${line}, column ${column}: ${message}.`,
      JSON.stringify({ line, column, offset }),
    );
  }
  if (root.kind !== 'object') {
    throw new Refusal('not-an-object', 'The request body has to be a JSON object.');
  }
  const streams = root.members.filter((member) => member.key === 'stream');
  if (streams.length === 0) {
    const at = root.start + 1;
    const comma = root.members.length > 0 ? ', ' : '';
    return `${text.slice(0, at)}"stream": true${comma}${text.slice(at)}`;
  }
  let body = text;
  // From the last one back, so that the offsets before it stay right.
  for (const { value } of streams.reverse()) {
    body = `${body.slice(0, value.start)}true${body.slice(value.end)}`;
  }
  return body;
}
