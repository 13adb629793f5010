import { refTo } from '../../src-core/outline/reference-edits.ts';
import { keysAt, type PathStep, pathAt, valueEnd } from '../../src-core/outline/text-path.ts';

/** What completion offers beyond what a schema of schemas can tell. */
export interface Proposal {
  label: string;
  detail: string;
  /** What is written, quotes and all. */
  insert: string;
  /** What it replaces: offsets in the text. */
  start: number;
  end: number;
}

/**
 * At a `$ref` the definitions that there are; in `required` the properties that it does not name yet. The
 * text may be no JSON while it is written.
 */
export function proposalsAt(text: string, offset: number): Proposal[] {
  const path = pathAt(text, offset);
  const keys = path.slice(1).map(({ key }) => key);
  const last = path.at(-1)!;
  if (last.key === '$ref' && !isName(keys)) return references(text, last, offset);
  if (typeof last.key !== 'number' || keys.at(-2) !== 'required' || isName(keys.slice(0, -1)))
    return [];
  return missing(text, path, offset);
}

/** Whether the last key is a name in a map of schemas, and no keyword. */
function isName(keys: readonly (string | number | null)[]): boolean {
  let names = false;
  for (const key of keys.slice(0, -1))
    names = !names && /^(?:properties|\$defs|definitions)$/.test(String(key));
  return names;
}

/** The string that is being written, or where one would be. */
function stringAt(text: string, { valueStart }: PathStep, offset: number): [number, number] {
  const isString = valueStart >= 0 && text[valueStart] === '"';
  return isString ? [valueStart, valueEnd(text, valueStart)] : [offset, offset];
}

function references(text: string, step: PathStep, offset: number): Proposal[] {
  const [start, end] = stringAt(text, step, offset);
  const propose = (ref: string, detail: string): Proposal => {
    const insert = JSON.stringify(ref);
    return { label: insert, detail, insert, start, end };
  };
  const found = ['$defs', 'definitions'].flatMap((key) =>
    keysAt(text, [key]).map((name) => propose(refTo([key, name]), `the definition ${name}`)),
  );
  return [...found, propose('#', 'the whole schema, once more')];
}

function missing(text: string, path: readonly PathStep[], offset: number): Proposal[] {
  const [start, end] = stringAt(text, path.at(-1)!, offset);
  const owner = path.slice(1, -2).map(({ key }) => String(key));
  const listed = namesBut(text, path.at(-2)!.valueStart, start);
  return keysAt(text, [...owner, 'properties'])
    .filter((name) => !listed.has(name))
    .map((name) => {
      const insert = JSON.stringify(name);
      return { label: insert, detail: 'a property that is not required yet', insert, start, end };
    });
}

/** The strings of a list, but for the one that is being written. */
function namesBut(text: string, start: number, but: number): Set<string> {
  const end = valueEnd(text, start);
  const found = new Set<string>();
  for (const { 0: string, index } of text.slice(start, end).matchAll(/"(?:[^"\\\n]|\\.)*"/g))
    if (start + index !== but)
      try {
        found.add(JSON.parse(string) as string);
      } catch {
        // An escape that is none: it names no property.
      }
  return found;
}
