import type { RuleText } from '../../src-core/conformance/rule.ts';
import { ruleOfId } from '../../src-core/conformance/rules.ts';

/** What is said of a rule in one line, '' where nothing is known of it. */
export function titleOf(rule: string): string {
  return ruleOfId(rule)?.title ?? '';
}

/** What a rule rests on, in words. */
export const LEVELS: Record<RuleText['level'], { word: string; meaning: string }> = {
  must: { word: 'must', meaning: 'A specification or a published type definition asks for it' },
  observed: {
    word: 'observed',
    meaning: 'All recordings have it; nothing that is published says it',
  },
};

/** All that is said of a rule, as text to be sent to others. */
export function ruleAsText(rule: RuleText): string {
  return [
    `${rule.id}: ${rule.title} (${rule.level}, ${rule.severity})`,
    rule.explanation,
    `Rests on: ${rule.basis}`,
    `Official clients: ${rule.clients}`,
    '',
  ].join('\n\n');
}
