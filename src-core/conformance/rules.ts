import { CHAT_RULES } from './chat.ts';
import { FINAL_RULES } from './final.ts';
import { FRAMING_RULES } from './framing.ts';
import { GEMINI_RULES } from './gemini.ts';
import { ITEM_RULES } from './items.ts';
import { LIFECYCLE_RULES } from './lifecycle.ts';
import { MESSAGES_RULES } from './messages.ts';
import { OLLAMA_RULES } from './ollama.ts';
import { PART_RULES } from './parts.ts';
import type { ResponseFacts } from './response-facts.ts';
import type { Rule, RuleText } from './rule.ts';
import { TOOL_RULES } from './tools.ts';
import { WIRE_RULES } from './wire.ts';

/** The rules of the Responses API. */
export const RESPONSE_RULES: readonly Rule<ResponseFacts>[] = [
  ...FRAMING_RULES,
  ...LIFECYCLE_RULES,
  ...ITEM_RULES,
  ...PART_RULES,
  ...TOOL_RULES,
  ...FINAL_RULES,
];

/** The rules of the other dialects. */
export const DIALECT_RULES: readonly RuleText[] = [
  ...CHAT_RULES,
  ...MESSAGES_RULES,
  ...GEMINI_RULES,
  ...OLLAMA_RULES,
];

/** All rules, in the order in which they are listed. */
export const RULES: readonly RuleText[] = [...WIRE_RULES, ...RESPONSE_RULES, ...DIALECT_RULES];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of an id, undefined for one that no version of this program has. */
export function ruleOfId(id: string): RuleText | undefined {
  return byId.get(id);
}
