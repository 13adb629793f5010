import { quoted, quotedPointer } from '../../src-core/filter/writing.ts';
import type { ProposalSource } from './proposals.ts';

const BEGINS = /^\s*(\/(?:~[01]|[^\s"()=<>!~])*)\s*(?:(==?|!=|<=?|>=?|~)\s*(\S.*?)\s*$)?/s;

/**
 * What is likely meant by a filter that begins with a JSON pointer, which the language takes for a
 * word: a term about the value there. Null unless an output of the capture has that value.
 */
export function pointerHint(query: string, source: ProposalSource): string | null {
  const [begin, pointer, sign, operand] = BEGINS.exec(query) ?? [];
  if (begin === undefined || !pointer || !isInDocument(pointer, source)) return null;
  const place = quotedPointer(pointer);
  const rest = query.slice(begin.trimEnd().length);
  // Something to compare with is still to come.
  if (/^\s*[=<>!~]/.test(rest)) return null;
  if (!sign || !operand) return `closes:${place}${rest}`.trimEnd();
  // A text in quotes or an expression is written as it is.
  const value = /^["/]/.test(operand) ? operand : quoted(operand);
  return `value:${place}${sign === '==' ? '=' : sign}${value}`;
}

function isInDocument(pointer: string, { index, documents }: ProposalSource): boolean {
  return index.lanes.some((_, lane) => (documents.of(lane)?.find(pointer) ?? -1) >= 0);
}
