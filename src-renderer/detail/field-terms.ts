import { inQuotes } from '../../src-core/filter/writing.ts';
import { GrowingDocument } from '../../src-core/growing/growing-document.ts';

/** Longer texts make no filter that anybody reads. */
const LONGEST = 200;

/**
 * The term of the filter language for events whose data hold the same scalar: of a string its text,
 * of another value with its key, both as they are written in the data. Null for what makes no term.
 */
export function termOfField(data: string, pointer: string): string | null {
  const document = new GrowingDocument();
  document.append(data);
  const node = document.find(pointer);
  if (node < 0) return null;
  const kind = document.kindOf(node);
  const start = document.startOf(node);
  const end = document.endOf(node);
  if (end < 0 || kind === 'object' || kind === 'array') return null;
  const key = document.keyRangeOf(node);
  const isText = kind === 'string' && end - start > 2;
  const text = isText ? data.slice(start + 1, end - 1) : data.slice(key ? key[0] : start, end);
  return text.length > LONGEST ? null : inQuotes(text);
}
