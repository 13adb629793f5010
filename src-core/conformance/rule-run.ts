import type { Problem } from '../problem.ts';
import type { Place } from './conformance.ts';
import type { Check, Report, Rule } from './rule.ts';

interface Asked<F> {
  check: Check<F>;
  report: Report;
}

/** Rules, told apart by the moments they are about. */
export class RuleRun<F> {
  readonly #byMoment = new Map<string, Asked<F>[]>();
  #place: Place = { seq: 0, start: 0, end: 0 };
  /** How much was found so far. */
  count = 0;

  constructor(rules: readonly Rule<F>[], sink: (problem: Problem) => void) {
    for (const rule of rules) {
      const report: Report = (message, severity = rule.severity) => {
        const { seq, start, end } = this.#place;
        this.count++;
        sink({ rule: rule.id, severity, seq, start, end, message });
      };
      for (const [moment, check] of Object.entries(rule.checks)) {
        const asked = this.#byMoment.get(moment);
        if (asked) asked.push({ check, report });
        else this.#byMoment.set(moment, [{ check, report }]);
      }
    }
  }

  /** Where what is found from here on belongs. */
  at(place: Place): void {
    this.#place = place;
  }

  ask(moment: string, facts: F): void {
    const asked = this.#byMoment.get(moment);
    if (!asked) return;
    for (const { check, report } of asked) check(facts, report);
  }
}
