import type { GrowingDocument } from '../growing/growing-document.ts';
import { keywordValue, stringValue } from '../growing/scalar-value.ts';
import { Findings, type Silence } from './findings.ts';
import { Frame, type Outcome, type SchemaError } from './frame.ts';
import { Identities } from './identity.ts';
import {
  type Judged,
  judgeContainer,
  judgeNumber,
  judgeScalar,
  judgeString,
  judgeType,
  tooLong,
} from './judge.ts';
import { Level } from './level.ts';
import { OpenString } from './open-string.ts';
import { type Group, type Plan, Type } from './plan.ts';

/** Schemas at one value, by references and choices within each other: a schema that needs more is silent. */
const MOST_AT_VALUE = 2000;
const DEEPEST_AT_VALUE = 100;

type Scalar = string | number | boolean | null;

/** What can be said of the text when it had so many units. */
export interface CheckAt {
  /** `open`: it may still become valid. `unknown`: it is whole, and what can be judged is right. */
  outcome: Outcome;
  errors: readonly SchemaError[];
  silences: readonly Silence[];
}

/**
 * Checks a growing document against a schema, value by value, as they are closed; what no longer can
 * become valid is told with the first unit from which that is certain. Each unit is looked at a bounded
 * number of times, by the schemas that hold for its value; cutting the text otherwise changes nothing.
 *
 * A key that comes twice makes it silent for good: the last one counts, so nothing of the first is
 * certain. Until then no key is taken to come twice.
 */
export class SchemaCheck {
  readonly document: GrowingDocument;
  readonly #plan: Plan;
  readonly #findings = new Findings();
  #row = 0;
  #length = 0;
  /** The length of the text from which on nothing is judged any more, -1 before. */
  #mutedFrom = -1;
  #levels: Level[] = [];
  /** The schemas of the scalar that is open. */
  #scalar: Frame[] = [];
  #string: OpenString | null = null;
  readonly #identities = new Identities();

  constructor(plan: Plan, document: GrowingDocument) {
    this.#plan = plan;
    this.document = document;
  }

  /** How much of the text was read. */
  get length(): number {
    return this.#length;
  }
  /** The length of the text from which on it can't become valid any more, -1 while it can. */
  get invalidFrom(): number {
    return this.#mutedFrom < 0 ? this.#findings.invalidFrom : -1;
  }
  /** All errors, those included that are too many to be kept. */
  get errorCount(): number {
    return this.#findings.errorCount;
  }

  /**
   * Reads on, by at most so many happenings of the document. Returns true if that was all there is.
   */
  advance(most = Infinity): boolean {
    const { happenings, length } = this.document;
    const end = Math.min(happenings.count, this.#row + most);
    for (; this.#row < end && this.#mutedFrom < 0; this.#row++) {
      const row = this.#row;
      const at = happenings.lengthOf(row);
      const node = happenings.nodeOf(row);
      this.#length = at;
      switch (happenings.kindOf(row)) {
        case 'key-closed':
          this.#closeKey(node, at);
          break;
        case 'value-opened':
          this.#openValue(node, at);
          break;
        case 'value-closed':
          this.#closeValue(node, at);
      }
    }
    if (this.#mutedFrom >= 0) this.#row = happenings.count;
    if (this.#row < happenings.count) return false;
    if (this.#mutedFrom < 0) this.#string?.readTo(length);
    this.#length = length;
    return true;
  }

  /** What could be said when the text had `length` units: at most as many as were read. */
  at(length: number): CheckAt {
    const isMuted = this.#mutedFrom >= 0 && this.#mutedFrom <= length;
    const { errors, silences, invalidFrom, settledAt } = this.#findings;
    const within = (from: number) => from >= 0 && from <= length;
    let outcome: Outcome = 'open';
    if (isMuted) outcome = this.document.at(length).state === 'complete' ? 'unknown' : 'open';
    else if (within(invalidFrom)) outcome = 'failed';
    else if (within(settledAt)) outcome = this.#findings.outcome;
    return {
      outcome,
      errors: isMuted ? [] : errors.slice(0, countUpTo(errors, length)),
      silences: silences.slice(0, countUpTo(silences, length)),
    };
  }

  #openValue(node: number, length: number): void {
    const { document } = this;
    const type = this.#typeOf(node);
    const frames: Frame[] = [];
    const level = this.#levels.at(-1);
    if (!level) {
      this.#begin(this.#plan, null, null, 0, node, type, frames, 0);
    } else {
      const index = document.indexOf(node);
      const isArray = level.kind === 'array';
      level.size++;
      for (const frame of level.frames) {
        if (!frame.isLive) continue;
        const { plan } = frame;
        if (isArray && index === plan.maxItems)
          this.#findings.fail(
            frame,
            { keyword: 'maxItems', message: `must have at most ${plan.maxItems} elements` },
            length,
          );
        const own = isArray ? (plan.prefix[index] ?? plan.items) : memberPlan(plan, level.key);
        // That a member must not be there was said with its key.
        if (own && !(own.never && !isArray)) {
          frame.pending++;
          this.#begin(own, null, frame, 0, node, type, frames, 0);
        }
      }
    }
    const kind = document.kindOf(node);
    if (kind === 'object' || kind === 'array') {
      this.#levels.push(new Level(node, kind, frames, level));
      return;
    }
    this.#scalar = frames;
    if (kind === 'keyword') this.#judgeKeyword(frames, node, length);
    if (kind !== 'string') return;
    const string = new OpenString(document, node, (frame, keyword, at) => {
      const { plan } = frame;
      const fault =
        keyword === 'maxLength'
          ? { keyword, message: tooLong(plan.maxLength) }
          : plan.values.find((one) => one.keyword === keyword)!.fault;
      if (frame.isLive) this.#findings.fail(frame, fault, at);
    });
    for (const frame of frames) if (frame.isLive) string.watch(frame);
    this.#string = string;
  }

  /** Begins a schema at a value, with all that holds for the same value. */
  #begin(
    plan: Plan,
    group: Group | null,
    parent: Frame | null,
    role: number,
    node: number,
    type: number,
    frames: Frame[],
    depth: number,
  ): Frame {
    const length = this.#length;
    const frame = new Frame(plan, group, node, parent, role);
    if (group) {
      group.plans.forEach((one, at) =>
        this.#begin(one, null, frame, at, node, type, frames, depth + 1),
      );
      return frame;
    }
    if (plan.always) {
      this.#findings.settle(frame, 'passed', length);
      return frame;
    }
    if (plan.never) {
      this.#findings.fail(frame, { keyword: 'false schema', message: 'must not be there' }, length);
      return frame;
    }
    if (depth > DEEPEST_AT_VALUE || frames.length > MOST_AT_VALUE) {
      this.#findings.silence(frame, 'Too many schemas hold for one value.', length);
      this.#findings.settle(frame, 'unknown', length);
      return frame;
    }
    frames.push(frame);
    if (plan.silence) this.#findings.silence(frame, plan.silence, length);
    const fault = judgeType(plan, type);
    if (fault) {
      this.#findings.fail(frame, fault, length);
      // Whatever else it demands is of values of other types.
      return frame;
    }
    frame.pending += plan.all.length + plan.groups.length;
    for (const one of plan.all) this.#begin(one, null, frame, 0, node, type, frames, depth + 1);
    for (const one of plan.groups) this.#begin(plan, one, frame, 0, node, type, frames, depth + 1);
    return frame;
  }

  #closeKey(node: number, length: number): void {
    const level = this.#levels.at(-1)!;
    if (level.frames.length === 0 && !level.isCompared) return;
    const key = this.document.keyOf(node);
    if (level.keys.has(key)) {
      this.#mutedFrom = length;
      this.#findings.silences.push({
        schemaPath: '#',
        reason: `The key ${JSON.stringify(key)} comes twice in one object.`,
        length,
      });
      return;
    }
    level.keys.add(key);
    level.key = key;
    for (const frame of level.frames) {
      if (!frame.isLive) continue;
      const { plan } = frame;
      if (level.keys.size === plan.maxProperties + 1)
        this.#findings.fail(
          frame,
          { keyword: 'maxProperties', message: `must have at most ${plan.maxProperties} members` },
          length,
        );
      if (memberPlan(plan, key)?.never)
        this.#findings.fail(
          frame,
          { keyword: 'additionalProperties', message: 'must not be there' },
          length,
          node,
        );
    }
  }

  #closeValue(node: number, length: number): void {
    const kind = this.document.kindOf(node);
    if (kind === 'object' || kind === 'array') {
      const level = this.#levels.pop()!;
      const number = level.isCompared ? level.numberBy(this.#identities) : null;
      for (const frame of level.frames) this.#closeContainer(frame, level, number, length);
      if (number !== null) this.#compare(number, length);
      return;
    }
    this.#string?.readTo(this.document.endOf(node));
    this.#string = null;
    const isCompared = this.#levels.at(-1)?.comparesInner === true;
    const isAsked = isCompared || this.#scalar.some((frame) => asksForValue(frame, kind));
    const value = isAsked ? this.#scalarOf(node, kind) : null;
    for (const frame of this.#scalar) {
      if (!frame.isLive) continue;
      if (isAsked) this.#judgeScalar(frame, value, length);
      this.#close(frame, length);
    }
    this.#scalar = [];
    if (isCompared) this.#compare(this.#identities.ofScalar(value), length);
  }

  #scalarOf(node: number, kind: string): Scalar {
    const text = this.document.slice(this.document.startOf(node), this.document.endOf(node));
    if (kind === 'string') return stringValue(text.slice(1, -1));
    return kind === 'number' ? Number(text) : (keywordValue(text) as boolean | null);
  }

  #judgeScalar(frame: Frame, value: Scalar, length: number): void {
    const { plan } = frame;
    // A keyword was judged when it began.
    if (value === null || typeof value === 'boolean') return;
    const judged = typeof value === 'string' ? judgeString(plan, value) : judgeNumber(plan, value);
    this.#judge(frame, judged, length);
    this.#judge(frame, [judgeScalar(plan, value)], length);
  }

  #closeContainer(frame: Frame, level: Level, number: number | null, length: number): void {
    const { kind, keys, size } = level;
    if (!frame.isLive) return;
    const { plan } = frame;
    const fail = (keyword: string, message: string) =>
      this.#findings.fail(frame, { keyword, message }, length);
    if (kind === 'object') {
      for (const key of plan.required)
        if (!keys.has(key)) fail('required', `must have the member ${JSON.stringify(key)}`);
      if (keys.size < plan.minProperties)
        fail('minProperties', `must have at least ${plan.minProperties} members`);
    } else if (size < plan.minItems)
      fail('minItems', `must have at least ${plan.minItems} elements, has ${size}`);
    if (number !== null && plan.values.length > 0)
      this.#judge(frame, [judgeContainer(plan, this.#identities, number)], length);
    this.#close(frame, length);
  }

  /** A value that is compared is closed. */
  #compare(number: number, length: number): void {
    const level = this.#levels.at(-1);
    if (!level?.take(number)) return;
    const fault = { keyword: 'uniqueItems', message: 'must have no two equal elements' };
    for (const frame of level.frames)
      if (frame.isLive && frame.plan.unique) this.#findings.fail(frame, fault, length);
  }

  /** A keyword is known by its first letter. */
  #judgeKeyword(frames: readonly Frame[], node: number, length: number): void {
    const value = keywordValue(this.#firstOf(node));
    for (const frame of frames)
      if (frame.isLive) this.#judge(frame, [judgeScalar(frame.plan, value)], length);
  }

  #judge(frame: Frame, judged: readonly Judged[], length: number): void {
    for (const one of judged) {
      if (one === null)
        this.#findings.silence(
          frame,
          'A value was not compared: that might take too long, or validators disagree.',
          length,
        );
      else if (one !== 'fine') this.#findings.fail(frame, one, length);
    }
  }

  #close(frame: Frame, length: number): void {
    frame.pending--;
    if (frame.outcome === 'open' && frame.settledOutcome !== 'open')
      this.#findings.settle(frame, frame.settledOutcome, length);
  }

  #typeOf(node: number): number {
    const kind = this.document.kindOf(node);
    if (kind !== 'keyword') return Type[kind as Exclude<typeof kind, 'keyword' | 'none'>];
    return this.#firstOf(node) === 'n' ? Type.null : Type.boolean;
  }

  #firstOf(node: number): string {
    const start = this.document.startOf(node);
    return this.document.slice(start, start + 1);
  }
}

/** Whether the value of a scalar matters to a schema; a number may be too large to be told anything of. */
function asksForValue({ isLive, plan }: Frame, kind: string): boolean {
  const { values, minLength, maxLength, pattern, format } = plan;
  const asksOfString = minLength > 0 || maxLength < Infinity || pattern || format !== '';
  return isLive && (kind === 'number' || values.length > 0 || !!asksOfString);
}

/** What holds for a member of an object; null where nothing does. */
function memberPlan(plan: Plan, key: string): Plan | null {
  return plan.properties.get(key) ?? plan.additional;
}

/** How many of a list that ascends by `length` are up to one. */
function countUpTo(list: readonly { length: number }[], length: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]!.length <= length) low = middle + 1;
    else high = middle;
  }
  return low;
}
