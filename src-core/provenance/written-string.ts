import type { EventIndex } from '../index/event-index.ts';
import type { JsonNode } from '../json-text.ts';
import { parseJson } from '../json.ts';
import type { Writing } from './writings.ts';

/** A value in an event's JSON text, and which unit of the lane its first character is. */
export interface WrittenString {
  node: JsonNode;
  skip: number;
  /** False: the value is laid out with white space that the lane has not. */
  isAsWritten: boolean;
}

/** Members that name or describe: where another string says the same, they did not write a text. */
const DESCRIBING = new Set(
  ['id', 'name', 'type', 'role', 'model', 'object', 'event', 'signature', 'finish_reason'].concat([
    'obfuscation',
    'p',
    'created_at',
    'status',
    'modelVersion',
    'responseId',
    'mimeType',
  ]),
);

/**
 * The string of an event that a lane's text came from, in any dialect with a reducer: the one that is
 * what the event added, or the lane's whole text after it; or a value that is that text as it stands.
 * Where an event wrote the same in several lanes, they have it in the order of the event. Null where
 * none is: then the event put its text together.
 */
export function writtenString(
  index: EventIndex,
  { lane, seq }: Writing,
  text: string,
  root: JsonNode,
): WrittenString | null {
  const piece = (number: number) => {
    const before = Math.max(0, index.laneLengthAt(number, seq - 1));
    const whole = index.laneTextAt(number, seq);
    return { before, whole, added: whole.slice(before) };
  };
  const own = piece(lane);
  const alike = index
    .lanesWrittenBy(seq, true)
    .filter((number) => piece(number).added === own.added)
    .sort((a, b) => a - b);
  const found = stringsOf(text, root, [own.added, own.whole]);
  const told = found.filter(({ key }) => !DESCRIBING.has(key));
  const candidates = told.length > 0 ? told : found;
  const added = candidates.filter(({ value }) => value === own.added);
  const chosen = added[Math.min(alike.indexOf(lane), added.length - 1)] ?? candidates[0];
  if (!chosen) return null;
  const { node, value, isAsWritten } = chosen;
  return { node, skip: value === own.added ? own.before : 0, isAsWritten };
}

interface Found {
  node: JsonNode;
  key: string;
  value: string;
  isAsWritten: boolean;
}

/** Values within values are read again for each that holds them: up to so many times the event. */
const MOST_READ = 4;

/** The values that say one of some texts, in the order of the event. Any depth will do. */
function stringsOf(text: string, root: JsonNode, wanted: readonly string[]): Found[] {
  const found: Found[] = [];
  let budget = MOST_READ * text.length;
  const compact = (node: JsonNode, raw: string): string => {
    const isContainer = node.kind === 'object' || node.kind === 'array';
    if (!isContainer || !wanted.some((one) => one[0] === raw[0]) || raw.length > budget) return raw;
    budget -= raw.length;
    return JSON.stringify(parseJson(raw));
  };
  const rest: { node: JsonNode; key: string }[] = [{ node: root, key: '' }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { node, key } = next;
    const raw = text.slice(node.start, node.end);
    const value = node.kind === 'string' ? parseJson(raw) : compact(node, raw);
    if (typeof value === 'string' && wanted.includes(value))
      found.push({ node, key, value, isAsWritten: node.kind === 'string' || value === raw });
    for (let at = node.members.length - 1; at >= 0; at--)
      rest.push({ node: node.members[at]!.value, key: node.members[at]!.key });
    for (let at = node.items.length - 1; at >= 0; at--) rest.push({ node: node.items[at]!, key });
  }
  return found;
}
