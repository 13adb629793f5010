import type { Fix, Linting } from './finding.ts';
import type { TreeNode } from './json-tree.ts';
import { makeNullable } from './nullable.ts';
import { notPermitted } from './observed-answers.ts';
import { mapOf, toPairs } from './open-objects.ts';
import { nameOf, type Place } from './places.ts';
import { restate, sentenceFor } from './restate.ts';
import type { RuleId } from './rules.ts';

const UNSUPPORTED = new Set([
  'patternProperties',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
  'minProperties',
  'maxProperties',
  'prefixItems',
  'contains',
  'minContains',
  'maxContains',
  'uniqueItems',
]);
const LENGTHS = new Set(['minLength', 'maxLength']);
export const FORMATS: ReadonlySet<string> = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
]);
/** What base models know and fine-tuned ones do not. */
const BASE_ONLY = new Set([
  ...LENGTHS,
  'pattern',
  'format',
  'minimum',
  'maximum',
  'multipleOf',
  'patternProperties',
  'minItems',
  'maxItems',
]);
/** Whether a keyword is one that fine-tuned models and Azure do not know, and base models do. */
export function isBaseOnly(key: string): boolean {
  return BASE_ONLY.has(key);
}
/** Keywords that strict mode knows, or that other rules speak of. */
const KNOWN = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'enum', 'const'],
  ...['$ref', '$defs', 'definitions', 'description', 'exclusiveMinimum', 'exclusiveMaximum'],
  ...['allOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentRequired', 'dependentSchemas'],
  ...['$anchor', '$dynamicAnchor', '$dynamicRef', '$recursiveRef', '$id'],
  ...['format', 'default', ...BASE_ONLY, ...UNSUPPORTED, ...LENGTHS],
]);

/** S10, S11, S12, S14, S24 and S30: keywords that go, and what they said goes into the description. */
export function checkKeywords(lint: Linting, place: Place): void {
  const { node } = place;
  if (node.kind !== 'object' || node.has('$ref')) return;
  const isNarrow = lint.target === 'openai-fine-tuned' || lint.target === 'azure';
  for (const entry of node.entries) {
    const key = entry.key!;
    if (entry !== node.entry(key)) continue;
    const rule = ruleFor(key, entry.node.scalar, isNarrow);
    if (!rule) continue;
    if (rule === 'S30' && !place.parent && lint.references.leadsInto(`#/${key}`)) continue;
    const sentence = rule === 'S30' ? '' : sentenceFor(key, entry.node.value());
    const title = sentence === '' ? `Remove ${key}` : `Say ${key} in the description instead`;
    const apply = () => restate(node, key, sentence);
    const fix: Fix = { title, apply };
    const first = betterFix(node, key, entry.node);
    const { message, said } = WORDS[rule](key, String(entry.node.scalar), lint);
    lint.add(rule, place, entry, `\`${nameOf(place)}\`: ${message}`, said, [
      ...(first ? [first] : []),
      fix,
    ]);
  }
}

/** What says the same in strict mode, where the keyword has an equal. */
function betterFix(node: TreeNode, key: string, value: TreeNode): Fix | null {
  if (key === 'patternProperties') return mapOf(node) && toPairs(node);
  if (key !== 'nullable' || value.scalar !== true) return null;
  // OpenAPI 3.0's word for a type of null beside the others.
  const apply = () => {
    node.remove(key);
    makeNullable(node);
  };
  return { title: 'Let it be null by its type', apply };
}

type KeywordRule = 'S10' | 'S11' | 'S12' | 'S14' | 'S24' | 'S30';

function ruleFor(key: string, value: unknown, isNarrow: boolean): KeywordRule | null {
  if (isNarrow && BASE_ONLY.has(key)) return 'S14';
  if (UNSUPPORTED.has(key)) return 'S10';
  if (LENGTHS.has(key)) return 'S11';
  if (key === 'format') return FORMATS.has(String(value)) ? null : 'S12';
  if (key === 'default') return 'S24';
  return KNOWN.has(key) ? null : 'S30';
}

interface Words {
  message: string;
  said: string | null;
}
const WORDS: Readonly<
  Record<KeywordRule & RuleId, (key: string, value: string, lint: Linting) => Words>
> = {
  S10: (key) => ({
    message: `${key} is not in the set that strict mode supports.`,
    said: notPermitted(key),
  }),
  S11: (key) => ({
    message: `${key} is in no list of supported keywords, and was rejected in 2025.`,
    said: notPermitted(key),
  }),
  S12: (_key, value) => ({
    message: `the format ${value} is not supported; these are: ${[...FORMATS].join(', ')}.`,
    said: `'${value}' is not a valid format.`,
  }),
  S14: (key, _value, { target }) => ({
    message: `${key} is not supported ${target === 'azure' ? 'by Azure' : 'on fine-tuned models'}.`,
    said: notPermitted(key),
  }),
  S24: (_key, _value, { target }) => ({
    message:
      target === 'azure'
        ? 'default was rejected by Azure, last reported in 2026.'
        : 'default was rejected in 2024 and 2025; a probe of 2026 accepted it.',
    said: notPermitted('default'),
  }),
  S30: (key) => ({ message: `${key} is not documented for strict mode.`, said: null }),
};
