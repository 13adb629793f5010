import type { JsonValue } from '../json.ts';
import { made, type TreeNode } from './json-tree.ts';

/** Takes a keyword away and says in the description what it said. */
export function restate(node: TreeNode, keyword: string, sentence: string): void {
  if (!node.has(keyword)) return;
  if (sentence === '') return node.remove(keyword);
  if (!node.has('description')) return node.replace(keyword, 'description', made(sentence));
  node.remove(keyword);
  tell(node, sentence);
}

/** Says one more sentence in the description. */
export function tell(node: TreeNode, sentence: string): void {
  const description = node.get('description');
  const before = typeof description?.scalar === 'string' ? description.scalar.trimEnd() : '';
  const said = before === '' || /[.!?]$/.test(before) ? before : `${before}.`;
  node.set('description', made(`${said} ${sentence}`.trimStart()));
}

const MOST = 300;

/** What a keyword and its value mean, as a sentence. */
export function sentenceFor(keyword: string, value: JsonValue): string {
  const json = JSON.stringify(value);
  const shown = json.length > MOST ? `${json.slice(0, MOST)}…` : json;
  if (keyword === 'uniqueItems') return value === true ? 'No two items are equal.' : '';
  return SENTENCES[keyword]?.(typeof value === 'string' ? value : shown) ?? `${keyword}: ${shown}.`;
}

/** `At least 1 character`, `At most 3 characters`. */
const counted = (word: string, count: string, thing: string) =>
  `${word} ${count} ${count === '1' ? thing : `${thing}s`}.`;

const SENTENCES: Readonly<Record<string, (value: string) => string>> = {
  minLength: (count) => counted('At least', count, 'character'),
  maxLength: (count) => counted('At most', count, 'character'),
  pattern: (pattern) => `Matches the regular expression ${pattern} .`,
  format: (format) => `Has the format ${format}.`,
  minimum: (bound) => `At least ${bound}.`,
  maximum: (bound) => `At most ${bound}.`,
  exclusiveMinimum: (bound) => `More than ${bound}.`,
  exclusiveMaximum: (bound) => `Less than ${bound}.`,
  multipleOf: (factor) => `A multiple of ${factor}.`,
  minItems: (count) => counted('At least', count, 'item'),
  maxItems: (count) => counted('At most', count, 'item'),
  prefixItems: (list) => `The first items are, in order: ${list}.`,
  items: (list) => `The first items are, in order: ${list}.`,
  additionalProperties: (schema) => `Values of other keys fit the schema ${schema}.`,
  minProperties: (count) => counted('At least', count, 'key'),
  maxProperties: (count) => counted('At most', count, 'key'),
  not: (schema) => `Does not fit the schema ${schema}.`,
  if: (schema) => `If it fits the schema ${schema}, more holds:`,
  then: (schema) => `Then it fits ${schema}.`,
  else: (schema) => `Otherwise it fits ${schema}.`,
  allOf: (list) => `Fits all of these schemas: ${list}.`,
  dependentRequired: (map) => `Keys that need other keys: ${map}.`,
  dependentSchemas: (map) => `Keys with which another schema holds: ${map}.`,
  enum: (list) => `One of ${list}.`,
  default: (value) => `By default ${value}.`,
};
