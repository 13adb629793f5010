import type { JsonObject, JsonValue } from '../json.ts';
import { FORMATS, isBaseOnly } from './keyword-checks.ts';
import { RULES } from './rules.ts';
import { type Target, TARGET_NAMES } from './targets.ts';
import { type Keyword, KEYWORDS, SCHEMA, SCHEMA_SNIPPETS } from './vocabulary.ts';

/** Formats of 2020-12 beyond those of strict mode. */
const OTHER_FORMATS = [
  ...['idn-email', 'idn-hostname', 'uri', 'uri-reference', 'iri', 'iri-reference', 'uri-template'],
  ...['json-pointer', 'relative-json-pointer', 'regex'],
];

/**
 * The schema of a schema, for an editor: completion, hover and validation. It says what kind of value each
 * keyword has, and proposes those that the target supports for the type that is written. What the target
 * refuses is left to the lint: nothing is told twice. The words beyond JSON Schema (`markdownDescription`,
 * `defaultSnippets`, `doNotSuggest`) are those of VS Code's JSON service.
 */
export function metaSchema(target: Target): JsonObject {
  const isStrict = target !== 'json-schema';
  const properties: JsonObject = {};
  const byType = new Map<string, JsonObject>();
  for (const [key, keyword] of Object.entries(KEYWORDS)) {
    const value = valueOf(key, keyword, target);
    const isOffered = !isStrict || isSupported(key, keyword, target);
    const isOld = key === 'definitions';
    properties[key] = isOffered && !keyword.of && !isOld ? value : { ...value, doNotSuggest: true };
    if (!isOffered) continue;
    for (const type of keyword.of ?? []) {
      const own = byType.get(type) ?? {};
      byType.set(type, { ...own, [key]: value });
    }
  }
  const schema: JsonObject = {
    type: ['object', 'boolean'],
    properties,
    allOf: [...byType].map(([type, own]) => ({ if: hasType(type), then: { properties: own } })),
    defaultSnippets: SCHEMA_SNIPPETS.map((snippet) => ({ ...snippet })),
  };
  return { ...SCHEMA, definitions: { schema } };
}

function isSupported(key: string, { rule }: Keyword, target: Target): boolean {
  return rule === null && !(target !== 'openai' && isBaseOnly(key));
}

/** Whether `type` says so, be it one or a list. */
function hasType(type: string): JsonObject {
  const either = [{ const: type }, { type: 'array', contains: { const: type } }];
  return { required: ['type'], properties: { type: { anyOf: either } } };
}

function valueOf(key: string, keyword: Keyword, target: Target): JsonObject {
  const value: JsonObject = keyword.value === true ? {} : { ...(keyword.value as JsonObject) };
  value.markdownDescription = wordsOf(key, keyword, target);
  const isStrict = target !== 'json-schema';
  if (key === 'format') {
    const formats = isStrict ? [...FORMATS] : [...FORMATS, ...OTHER_FORMATS];
    value.defaultSnippets = formats.map((format): JsonValue => ({
      label: `"${format}"`,
      body: format,
    }));
  }
  if (keyword.snippet !== undefined) value.defaultSnippets = [{ body: keyword.snippet }];
  return value;
}

function wordsOf(key: string, keyword: Keyword, target: Target): string {
  const { says, rule, strict } = keyword;
  if (target === 'json-schema') return says;
  const name = TARGET_NAMES[target];
  if (target !== 'openai' && isBaseOnly(key))
    return `${says}\n\n**Not supported by ${name}** (S14): ${RULES.S14.title}.`;
  if (rule === null) return `${says}\n\n**Strict mode** supports it. ${strict ?? ''}`.trimEnd();
  const { severity, title, fix } = RULES[rule];
  const word = severity === 'error' ? 'refuses it' : 'may refuse it';
  const mend = fix === null ? '' : ` The quick fix: ${fix[0]!.toLowerCase()}${fix.slice(1)}.`;
  return `${says}\n\n**Strict mode ${word}** (${rule}): ${title}.${mend}`;
}
