import type { DialectId } from '../dialects/dialect.ts';
import type { JsonObject } from '../json.ts';
import type { Problem } from '../problem.ts';
import type { EventRule } from '../responses/event-types.ts';
import type { DialectRun } from './dialect-run.ts';
import { dialectRunOf } from './dialect-runs.ts';
import type { Profile } from './profile.ts';
import { recognisedProfile } from './profiles.ts';
import type { RequestFacts } from './request-facts.ts';
import { type Moment, ResponseFacts, type TextReader } from './response-facts.ts';
import type { Rule } from './rule.ts';
import { RESPONSE_RULES } from './rules.ts';
import { RuleRun } from './rule-run.ts';
import { NO_SERVER, type ServerFacts, TraitLog } from './traits.ts';
import { WIRE_RULES, type WireFacts, type WireMoment } from './wire.ts';

/** An event's bytes: of its frame, in the body. */
export interface Place {
  seq: number;
  start: number;
  end: number;
}

/** What a frame says of itself beside its data. */
export interface FrameFacts {
  /** The event name, '' for none; null where the framing has no names. */
  name: string | null;
  /** Whether the frame sets the last event id. */
  hasId: boolean;
}

export interface ConformanceOptions {
  request: RequestFacts | null;
  /** Where the stream comes from; left out where nobody knows. */
  server?: ServerFacts | undefined;
  textOf: TextReader;
  /** Takes what was found. */
  report: (problem: Problem) => void;
}

/**
 * Holds a stream against the rules of its protocol, event by event. It keeps facts about what is open
 * and no events; a rule is asked only at the moments it is about.
 */
export class Conformance {
  readonly #facts: ResponseFacts;
  readonly #responses: RuleRun<ResponseFacts>;
  readonly #wire: RuleRun<WireFacts>;
  readonly #wireFacts: WireFacts = { detail: '', start: 0 };
  readonly #options: ConformanceOptions;
  /** The rules of a dialect that is another than Responses; null where it has none. */
  #other: DialectRun | null = null;
  readonly #traits: TraitLog;
  #profile: Profile | null = null;
  #dialect: DialectId = 'plain';
  /** An error that came before the dialect was known: it is one in each. */
  #error: { event: JsonObject; frame: FrameFacts; place: Place } | null = null;
  /** Bytes at the end of the stream were never dispatched: that it has no end follows. */
  #isUnfinished = false;

  constructor(options: ConformanceOptions) {
    const { request, server, textOf, report } = options;
    this.#options = options;
    this.#traits = new TraitLog(server ?? NO_SERVER);
    this.#facts = new ResponseFacts(textOf, request);
    this.#responses = new RuleRun(RESPONSE_RULES, report);
    this.#wire = new RuleRun(WIRE_RULES as readonly Rule<WireFacts>[], report);
  }

  get dialect(): DialectId {
    return this.#dialect;
  }
  set dialect(dialect: DialectId) {
    this.#dialect = dialect;
    this.#other = dialectRunOf(dialect, this.#options.textOf, this.#options.report);
    const error = this.#error;
    if (error) this.#other?.event(error.event, 'error', error.frame, error.place);
  }

  /** The server that the stream seems to come from, null where nothing says it (yet). */
  get profile(): Profile | null {
    const traits = this.#traits;
    if (traits.isChanged) this.#profile = recognisedProfile(traits);
    traits.isChanged = false;
    return this.#profile;
  }

  /** A comment line. @param text is asked for while comments tell of servers */
  comment(text: () => string): void {
    if (this.#traits.wantsComments) this.#traits.comment(text());
  }

  /** Something that shows before events are told apart, or that an event says of itself. */
  wire(moment: WireMoment, detail: string, place: Place): void {
    if (CUT.has(moment)) this.#isUnfinished = true;
    if (moment === 'unknown-type') this.#traits.unlistedType(detail);
    this.#wireFacts.detail = detail;
    this.#wireFacts.start = place.start;
    this.#wire.at(place);
    this.#wire.ask(moment, this.#wireFacts);
  }

  /**
   * A delta of a text that deltas are writing, whose JSON was not parsed: only its number and its
   * frame can break a rule. Returns false if they may: then `event` is for it.
   * @param type its type @param sequence NaN for none
   */
  known(type: string, sequence: number, name: string | null, hasId: boolean): boolean {
    const facts = this.#facts;
    return (
      (name === null || name === type) &&
      !hasId &&
      facts.isSettled &&
      facts.sequence.goesOn(sequence)
    );
  }

  /** The same, where something about it is not as usual. */
  unusual(type: string, sequence: number, frame: FrameFacts, place: Place): void {
    const facts = this.#facts;
    const event = { type, sequence_number: Number.isNaN(sequence) ? undefined : sequence };
    facts.name = frame.name;
    facts.hasId = frame.hasId;
    facts.take(type, UNPARSED, event, sequence);
    this.#responses.at(place);
    this.#responses.ask('every', facts);
    facts.note();
  }

  /**
   * An event that was parsed, before the texts of the lanes take it in. Returns whether it is in its
   * place: if it is a delta, others like it may go to `known`.
   */
  event(
    type: string,
    rule: EventRule | undefined,
    event: JsonObject,
    frame: FrameFacts,
    place: Place,
  ): boolean {
    if (this.#dialect !== 'responses') return true;
    const { sequence_number: number } = event;
    const facts = this.#facts;
    facts.name = frame.name;
    facts.hasId = frame.hasId;
    facts.take(type, rule, event, typeof number === 'number' ? number : NaN);
    const run = this.#responses;
    run.at(place);
    run.ask('every', facts);
    const { count } = run;
    // What comes after the end is no part of the response.
    if (rule && (facts.ended === '' || rule.op === 'begin')) run.ask(rule.op, facts);
    facts.note();
    this.#traits.event(facts);
    return run.count === count;
  }

  /** An event of another dialect than Responses, after the lanes took it in. */
  reduced(type: string, event: JsonObject, frame: FrameFacts, place: Place): void {
    if (this.#dialect === 'chat') this.#traits.chunk(event);
    this.#other?.event(event, type, frame, place);
  }

  /** An error in an event, while no event has told the dialect. */
  failed(event: JsonObject, frame: FrameFacts, place: Place): void {
    this.#error ??= { event, frame, place: { ...place } };
  }

  /** An event whose data is no JSON: `[DONE]`, or what can't be read. */
  unread(isDone: boolean, place: Place): void {
    if (!isDone) this.#facts.noteUnread();
    else this.#other?.done(place);
    if (!isDone || this.#dialect !== 'responses') return;
    this.#at(place, 'done');
    this.#facts.noteDone();
  }

  /** The stream is over. @param place its last event; null where it has none */
  end(place: Place | null): void {
    if (!place || this.#isUnfinished) return;
    if (this.#dialect === 'responses') this.#at(place, 'end');
    else this.#other?.end(place);
  }

  #at(place: Place, moment: Moment): void {
    this.#responses.at(place);
    this.#responses.ask(moment, this.#facts);
  }
}

/** With these, what would have come at the end was cut off, or was never meant to come. */
const CUT = new Set<WireMoment>([
  'unfinished',
  'unclosed',
  'unfinished-line',
  'unfinished-element',
  'unclosed-array',
  'whole',
]);

/** What is left to say of a delta that was not parsed: it changes no structure. */
const UNPARSED: EventRule = { op: 'none' };
