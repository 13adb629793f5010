import { isObject, type JsonValue } from '../json.ts';
import { type JsonNode, memberOf, placeOf, scanJsonText } from '../json-text.ts';
import { checkedFaults, type FaultError, MOST_NAME } from './checked-faults.ts';
import type { FaultList } from './fault-list.ts';

/** What is wrong in the text of a list, and where: line and column from 1, and a JSON pointer. */
export interface FaultTextError {
  line: number;
  column: number;
  /** RFC 6901; empty for the whole, and where the text is no JSON. */
  pointer: string;
  message: string;
}

export type ParsedFaults = { ok: true; list: FaultList } | { ok: false; errors: FaultTextError[] };

/**
 * Reads the text of a file of faults: `docs/faults.md`. It never throws.
 * @param file its name, which names a list that has no name of its own; one without a seed has 1
 */
export function parseFaults(text: string, file = ''): ParsedFaults {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  const { root, fault } = scanJsonText(json);
  if (fault !== null) {
    const { line, column, message } = fault;
    return { ok: false, errors: [{ line, column, pointer: '', message: `no JSON: ${message}` }] };
  }
  const value = JSON.parse(json) as JsonValue;
  if (!isObject(value)) {
    const message = 'A list of faults is an object with "version" and "faults".';
    return { ok: false, errors: [{ line: 1, column: 1, pointer: '', message }] };
  }
  const list = { name: nameOf(file), seed: 1, ...value };
  const errors = checkedFaults(list);
  if (errors.length === 0) return { ok: true, list: list as unknown as FaultList };
  return { ok: false, errors: errors.map((error) => placed(json, root, error)) };
}

/** Of a file, without its folders and `.json`. */
function nameOf(file: string): string {
  const name = file.replace(/^.*[\\/]/, '').replace(/\.json$/i, '');
  return name.slice(0, MOST_NAME) || 'Faults';
}

/** A list as the text of a file: what `parseFaults` reads. */
export function faultsText(list: FaultList): string {
  const { version, name, seed, faults } = list;
  const steps = faults.map((fault) => `    ${JSON.stringify(fault)}`).join(',\n');
  const last = faults.length === 0 ? '[]' : `[\n${steps}\n  ]`;
  return `{\n  "version": ${version},\n  "name": ${JSON.stringify(name)},\n  "seed": ${seed},\n  "faults": ${last}\n}\n`;
}

/** An error at the value that is wrong, or at what it is missing in. */
function placed(
  text: string,
  root: JsonNode,
  { path, isKey, message }: FaultError,
): FaultTextError {
  let offset = root.start;
  let node: JsonNode | undefined = root;
  for (const [at, key] of path.entries()) {
    if (!node) break;
    if (typeof key === 'number') node = node.items[key];
    else {
      const member = memberOf(node, key);
      node = member?.value;
      if (member && isKey && at === path.length - 1) offset = member.keyStart;
    }
    if (node && !(isKey && at === path.length - 1)) offset = node.start;
  }
  const pointer = path
    .map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  return { ...placeOf(text, offset), pointer, message };
}
