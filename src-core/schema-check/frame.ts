import type { Group, Plan } from './plan.ts';

/**
 * What is certain of a value and a schema. `unknown`: it is whole, and nothing that could be judged is
 * wrong. Settled ones hold for every way in which the text can go on.
 */
export type Outcome = 'open' | 'passed' | 'failed' | 'unknown';

/** Something wrong at a value. */
export interface SchemaError {
  /** The value in the document: the member, where its key is wrong. */
  node: number;
  /** The keyword's place in the schema: `#/properties/age/type`. */
  schemaPath: string;
  keyword: string;
  /** What the value has to be, in words that follow its pointer. */
  message: string;
  /** Known as soon as the text has so many UTF-16 units. */
  length: number;
}

/** A schema at a value (`plan`), or a group of schemas at it, of which some have to hold. */
export class Frame {
  readonly plan: Plan;
  readonly group: Group | null;
  readonly node: number;
  readonly parent: Frame | null;
  /** Its place among the schemas of the parent, where that is a group. */
  readonly role: number;
  /** What is wrong here is wrong with the document: no choice is between them. */
  readonly isReported: boolean;
  outcome: Outcome = 'open';
  /** The first thing that is wrong, and of a group's schemas the last that failed below its value. */
  error: SchemaError | null = null;
  /** Keywords that were found wrong and are not to be told again. */
  said: Set<string> | null = null;
  /** Something in it can't be judged. */
  isUnknown = false;
  /** What has to be settled before it is: its value's end, members and groups. */
  pending = 1;
  /** Settled schemas of a group, by their outcome. */
  readonly #outcomes: Outcome[];

  constructor(plan: Plan, group: Group | null, node: number, parent: Frame | null, role: number) {
    this.plan = plan;
    this.group = group;
    this.node = node;
    this.parent = parent;
    this.role = role;
    this.isReported =
      group === null && (parent === null || (parent.isReported && parent.group === null));
    this.#outcomes = group ? group.plans.map(() => 'open') : [];
  }

  /** Whether anything that is still to be found out matters. */
  get isLive(): boolean {
    return this.outcome === 'open' || (this.isReported && this.outcome === 'failed');
  }

  /** Something in it was settled. Returns what that makes of it. */
  take(role: number, outcome: Outcome, error: SchemaError | null): Outcome {
    if (this.group) return this.#takeOfGroup(role, outcome, error);
    if (outcome === 'failed') {
      this.error ??= error;
      return 'failed';
    }
    if (outcome === 'unknown') this.isUnknown = true;
    this.pending--;
    return this.settledOutcome;
  }

  /** What the frame of a plan comes to by what was settled so far. */
  get settledOutcome(): Outcome {
    if (this.pending > 0) return 'open';
    return this.isUnknown ? 'unknown' : 'passed';
  }

  #takeOfGroup(role: number, outcome: Outcome, error: SchemaError | null): Outcome {
    const outcomes = this.#outcomes;
    outcomes[role] = outcome;
    if (error) this.#keep(error);
    const count = (wanted: Outcome) => outcomes.filter((one) => one === wanted).length;
    const isSettled = !outcomes.includes('open');
    switch (this.group!.keyword) {
      case 'anyOf':
        if (outcome === 'passed') return 'passed';
        if (!isSettled) return 'open';
        return count('unknown') > 0 ? 'unknown' : 'failed';
      case 'oneOf': {
        const passed = count('passed');
        if (passed > 1) return 'failed';
        if (!isSettled) return 'open';
        if (count('unknown') > 0) return 'unknown';
        return passed === 1 ? 'passed' : 'failed';
      }
      case 'not':
        if (outcome === 'unknown') return 'unknown';
        return outcome === 'passed' ? 'failed' : 'passed';
      case 'if': {
        const [condition, then, otherwise] = outcomes as [Outcome, Outcome, Outcome];
        if (condition === 'passed') return then;
        if (condition === 'failed') return otherwise;
        if (then === otherwise && then !== 'open')
          return condition === 'open' && then !== 'failed' ? 'open' : then;
        return isSettled ? 'unknown' : 'open';
      }
    }
  }

  /** How many of a group's schemas failed below its value, and the error of the last of them. */
  deepFailures = 0;
  #keep(error: SchemaError): void {
    if (this.group!.keyword === 'if' || error.node !== this.node) {
      this.deepFailures++;
      this.error = error;
    }
  }
}
