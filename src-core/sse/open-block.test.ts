import { expect, test } from 'vitest';
import { findingsIn } from '../testing/findings.ts';

/** What W7 says of a stream. */
function told(text: string): string[] {
  const found = findingsIn(new TextEncoder().encode(text));
  return found.filter(({ rule }) => rule === 'W7').map(({ message }) => message);
}

test.each([
  ['data: {"type":"ping"}\n', 'ping'],
  ['data: {"type":"ping"}', 'ping'],
  ['data: {"type":"ping"}\r\n', 'ping'],
  ['event: end\ndata: {}\n', 'end'],
  ['data: {\ndata: "a": 1}\n', '{ ↵ "a": 1}'],
  ['data: [DONE]', '[DONE]'],
])('a whole event lacks one blank line: %j', (text, event) => {
  expect(told(text)).toEqual([
    `One blank line is missing at the end: it would close the last event (${event}), which was never dispatched. Its bytes begin at 0.`,
  ]);
});

test.each([
  ['event: a\ndata: {"type":"pi', '26 bytes (event: a ↵ data: {"type":"pi)'],
  [`data: {"a":"${'x'.repeat(100)}`, `112 bytes (data: {"a":"${'x'.repeat(68)}…)`],
  ['data: 12', '8 bytes (data: 12)'],
  ['dat\u0007', '4 bytes (dat\ufffd)'],
])('a cut one is quoted: %j', (text, bytes) => {
  expect(told(text)).toEqual([
    `The stream ends inside a block: ${bytes} from byte 0 on were never dispatched.`,
  ]);
});
