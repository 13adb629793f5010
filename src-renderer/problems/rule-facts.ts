import { ruleOfId } from '../../src-core/conformance/rules.ts';

/** What is said of a rule in one line, '' where nothing is known of it. */
export function titleOf(rule: string): string {
  return ruleOfId(rule)?.title ?? '';
}
