import type { Frame, Outcome, SchemaError } from './frame.ts';
import type { Fault } from './judge.ts';
import type { Plan } from './plan.ts';

/** Errors and reasons of silence that are kept; more errors are counted. */
const MOST_ERRORS = 1000;
const MOST_SILENCES = 50;

/** Keywords that may be found wrong more than once of one value, which is said once. */
const ONCE = new Set(['maxLength', 'enum', 'const', 'uniqueItems']);

/** Why something can't be called valid: a keyword that is not checked here. */
export interface Silence {
  schemaPath: string;
  reason: string;
  length: number;
}

/** What is certain of values and schemas, and what that makes certain of the document. */
export class Findings {
  /** Ascending by the length from which they are known. */
  readonly errors: SchemaError[] = [];
  readonly silences: Silence[] = [];
  /** All errors, those included that are too many to be kept. */
  errorCount = 0;
  /** Of the document: the lengths of the text from which on it is invalid, and settled; -1 before. */
  invalidFrom = -1;
  settledAt = -1;
  outcome: Outcome = 'open';
  readonly #told = new Set<Plan>();

  /** Something at a value can't be judged. Each schema says so once. */
  silence(frame: Frame, reason: string, length: number): void {
    frame.isUnknown = true;
    if (this.#told.has(frame.plan) || this.silences.length >= MOST_SILENCES) return;
    this.#told.add(frame.plan);
    this.silences.push({ schemaPath: frame.plan.path, reason, length });
  }

  /** Something is wrong with a value. */
  fail(frame: Frame, { keyword, message }: Fault, length: number, node = frame.node): void {
    if (ONCE.has(keyword)) {
      if (frame.said?.has(keyword)) return;
      (frame.said ??= new Set()).add(keyword);
    }
    const path = keyword === 'false schema' ? frame.plan.path : `${frame.plan.path}/${keyword}`;
    const error: SchemaError = { node, schemaPath: path, keyword, message, length };
    frame.error ??= error;
    if (frame.isReported) this.#report(error);
    this.settle(frame, 'failed', length);
  }

  #report(error: SchemaError): void {
    this.errorCount++;
    if (this.errors.length < MOST_ERRORS) this.errors.push(error);
  }

  /** What is certain of a frame, and by that of those around it. */
  settle(frame: Frame, outcome: Outcome, length: number): void {
    let at = frame;
    let result = outcome;
    while (result !== 'open' && at.outcome === 'open') {
      at.outcome = result;
      if (at.group && result === 'failed') this.#failGroup(at, length);
      const { parent } = at;
      if (!parent) {
        if (result === 'failed') this.invalidFrom = length;
        this.settledAt = length;
        this.outcome = result;
        return;
      }
      if (parent.outcome !== 'open') return;
      result = parent.take(at.role, result, at.error);
      at = parent;
    }
  }

  /** The error of a group whose schemas don't hold as they should. */
  #failGroup(frame: Frame, length: number): void {
    const { keyword, path, plans } = frame.group!;
    const messages = {
      anyOf: `fits none of ${plans.length} alternatives`,
      oneOf: `must fit exactly one of ${plans.length} alternatives`,
      not: 'must not fit the schema under not',
      if: 'does not fit what its condition demands',
    };
    // Where one alternative alone went on below the value, what is wrong is what is wrong with that.
    const deeper = frame.deepFailures === 1 || keyword === 'if' ? frame.error : null;
    const error =
      deeper && keyword !== 'not'
        ? { ...deeper, length }
        : { node: frame.node, schemaPath: path, keyword, message: messages[keyword], length };
    frame.error = error;
    if (frame.parent!.isReported) this.#report(error);
  }
}
