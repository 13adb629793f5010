import type { RuleText } from '../../src-core/conformance/rule.ts';
import { RULES } from '../../src-core/conformance/rules.ts';
import { proposalFor } from '../arguments/proposal.ts';
import { UsageError } from '../failure.ts';

/**
 * The rule that a person names by its id, in any case.
 * @throws UsageError
 */
export function ruleNamed(name: string): RuleText {
  const rule = RULES.find(({ id }) => id.toLowerCase() === name.toLowerCase());
  if (rule) return rule;
  const ids = RULES.map(({ id }) => id);
  const near = proposalFor(name, ids);
  throw new UsageError(
    `There is no rule ${JSON.stringify(name)}.`,
    `${near ? `Did you mean ${near}? ` : ''}deltascope rules lists them all.`,
  );
}
