import type { RuleId } from './rules.ts';

/** An answer of a server that somebody published. */
export interface ObservedAnswer {
  /** Behind `Invalid schema for response_format 'name': In context=(...), `; $ stands for what varies. */
  words: string;
  /** Year and month of the report. */
  seen: string;
  /** Where it was reported; null where only sources of public repositories quote it. */
  where: string | null;
}

const repository = (path: string) => `https://github.com/${path}`;

/**
 * What servers were seen to answer to a schema that breaks a rule. Rules that are not here have no answer
 * that is known: nothing is shown as the server's that was not read somewhere.
 */
export const OBSERVED_ANSWERS: Readonly<Partial<Record<RuleId, readonly ObservedAnswer[]>>> = {
  S01: [
    {
      words: `schema must be a JSON Schema of 'type: "object"', got 'type: $'.`,
      seen: '2026',
      where: null,
    },
  ],
  S02: [
    {
      words: `schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.`,
      seen: '2026-08',
      where: null,
    },
  ],
  S03: [
    {
      words:
        "'required' is required to be supplied and to be an array including every key in properties. Missing '$'.",
      seen: '2026-01',
      where: repository('mastra-ai/mastra/issues/12284'),
    },
  ],
  S04: [
    {
      words:
        "'required' is required to be supplied and to be an array including every key in properties. Extra required key '$' supplied.",
      seen: '2026',
      where: null,
    },
  ],
  S05: [
    {
      words: "'additionalProperties' is required to be supplied and to be false.",
      seen: '2026-04',
      where: repository('mavam/pi-web-providers/issues/14'),
    },
  ],
  S06: [
    {
      words: "schema must have a 'type' key.",
      seen: '2026-02',
      where: repository('can1357/oh-my-pi/issues/211'),
    },
  ],
  S07: [
    {
      words: 'array schema missing items.',
      seen: '2026-02',
      where: repository('tidewave-ai/tidewave_phoenix/pull/224'),
    },
  ],
  S08: [{ words: "'$' is not permitted.", seen: '2026-07', where: null }],
  S09: [{ words: "'$' is not permitted.", seen: '2026', where: null }],
  S10: [
    {
      words: "'$' is not permitted.",
      seen: '2026-09',
      where: repository('mastra-ai/mastra/issues/23321'),
    },
  ],
  S11: [
    {
      words: "'$' is not permitted.",
      seen: '2025-12',
      where: repository('coder/mux/issues/1220'),
    },
  ],
  S12: [
    {
      words: "'$' is not a valid format.",
      seen: '2026-05',
      where: repository('cyanheads/git-mcp-server/issues/47'),
    },
  ],
  S14: [{ words: "'$' is not permitted.", seen: '2025', where: null }],
  S15: [
    {
      words: '$ parameters exceed the limit of $.',
      seen: '2024-11',
      where: repository('openai/openai-node/issues/1176'),
    },
  ],
  S16: [
    {
      words: '$ levels of nesting exceeds limit of $.',
      seen: '2026',
      where: repository('tidyverse/ellmer/issues/671'),
    },
  ],
  S18: [
    {
      words:
        "Expected at most $ enum values in total within a single schema when using structured outputs, but received $. Consider reducing the number of enums, or use 'strict: false' to opt out of structured outputs.",
      seen: '2025',
      where: 'https://portkey.ai/error-library/schema-validation-error-10473',
    },
  ],
  S20: [
    {
      words: 'reference can only point to definitions defined at the top level of the schema.',
      seen: '2025-10',
      where: repository('dotnet/extensions/issues/6918'),
    },
  ],
  S21: [
    {
      words: '$ref cannot have keywords {$}.',
      seen: '2026-08',
      where: repository('langchain-ai/langchainjs/pull/11384'),
    },
  ],
  S24: [
    {
      words: "'$' is not permitted.",
      seen: '2024-11',
      where: repository('dottxt-ai/outlines/issues/1254'),
    },
  ],
  S25: [
    {
      words:
        "Objects provided via 'anyOf' must not share identical first keys. Consider adding a discriminator key or rearranging the properties to ensure the first key is unique.",
      seen: '2025',
      where: null,
    },
  ],
  S26: [
    {
      words:
        "Invalid 'text.format.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
      seen: '2026',
      where: null,
    },
    {
      words:
        "Invalid 'text.format.name': string too long. Expected a string with maximum length $, but got a string with length $ instead.",
      seen: '2025',
      where: null,
    },
  ],
  S29: [
    {
      words:
        "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
      seen: '2026',
      where: null,
    },
  ],
};

/** Keywords of which a server was seen to say that they are not permitted. */
const SEEN_REFUSED = new Set([
  ...['allOf', 'oneOf', 'if', 'not', 'propertyNames', 'minProperties', 'contains', 'uniqueItems'],
  ...['minItems', 'maxItems', 'pattern', 'format', 'minLength', 'maxLength', 'minimum', 'default'],
]);

/** What a server says of a keyword; null where that was not seen. */
export function notPermitted(keyword: string): string | null {
  return SEEN_REFUSED.has(keyword) ? `'${keyword}' is not permitted.` : null;
}
