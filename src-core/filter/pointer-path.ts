import { keysOfPointer } from '../growing/pointer.ts';
import { FilterFault } from './syntax.ts';

/**
 * The keys of a JSON pointer (RFC 6901). A key that is `*` stands for any.
 * @param start @param end where it stands in the filter.
 */
export function pathOfPointer(
  pointer: string,
  start: number,
  end: number,
  quoted: boolean,
): string[] {
  // Quotes show that the whole document is meant.
  if (pointer === '' && quoted) return [];
  if (!pointer.startsWith('/'))
    throw new FilterFault(
      'a JSON pointer begins with "/", as in /name or /items/0',
      start,
      Math.max(end, start + 1),
    );
  const keys = keysOfPointer(pointer);
  if (keys) return keys;
  const wrong = start + (quoted ? 1 : 0) + pointer.search(/~(?![01])/);
  throw new FilterFault(
    'in a JSON pointer "~" is written ~0, and "/" inside a key ~1',
    wrong,
    wrong + 1,
  );
}
