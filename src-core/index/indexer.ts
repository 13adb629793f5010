import type { CaptureEnd, StreamStatus } from '../capture.ts';
import type { Dialect, DialectId, Framing } from '../dialects/dialect.ts';
import { dialectOf, recognise } from '../dialects/dialects.ts';
import { wholeAnswer, wholeDialect } from '../dialects/whole-answer.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { Conformance, type FrameFacts, type Place } from '../conformance/conformance.ts';
import type { RequestFacts } from '../conformance/request-facts.ts';
import type { ServerFacts } from '../conformance/traits.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { Problem, ProblemTally } from '../problem.ts';
import type { EventKind } from '../responses/event-types.ts';
import { gapUs } from '../rhythm.ts';
import { type Deviation, type Frame, type FrameSink, readData } from '../sse/frame.ts';
import { decodeUtf8, isWellFormedUtf8 } from '../text.ts';
import { EventFlag, type IndexBatch } from './batch.ts';
import { OpenBatch } from './open-batch.ts';
import { ReducedLanes } from './reduced-lanes.ts';
import { ResponseLanes } from './response-lanes.ts';
import { StreamState } from './stream-state.ts';
import { TypeTable } from './type-table.ts';

export interface IndexerOptions {
  rhythm?: boolean;
  framing?: Framing;
  /** One that is listed, or an adapter of one's own. */
  dialect?: DialectId | Dialect;
  /** The body is one answer, as it was asked for, and no stream: it is held against no rules of one. */
  whole?: boolean;
  /** What the request asked for: some rules depend on it. */
  request?: RequestFacts | null;
  /** Where the stream comes from: it tells servers apart. */
  server?: ServerFacts;
}

/**
 * Turns the bytes of a capture into columns, lanes and problems, in one pass. It keeps no bytes and
 * no columns, only the lanes' current texts: what it found is taken away in batches.
 */
export class Indexer implements FrameSink {
  readonly #reader: FrameReader;
  readonly #rhythm: boolean;
  readonly #batch = new OpenBatch();
  readonly #types = new TypeTable();
  readonly #lanes = new ResponseLanes(this.#batch);
  readonly #reduced = new ReducedLanes(this.#batch);
  readonly #state = new StreamState();
  readonly #conformance: Conformance;

  #chunk = -1;
  #eventChunk = -1;
  #timeUs = 0;
  #dialect: Dialect = dialectOf('plain');
  #isDecided = false;
  readonly #isFramed: boolean;
  readonly #isWhole: boolean;
  /** Whether what is reported is missing because the person or the client left. */
  #isLeft = false;
  /** What the first event is where it is an answer that was not streamed; null where it is none. */
  #whole: string | null = null;
  #lastEventId = '';
  /** The event that is read, or was read last. */
  readonly #place: Place = { seq: -1, start: 0, end: 0 };

  // The chunk that is being read, decoded at once: cheaper than decoding each event.
  #decodedBytes: Uint8Array | null = null;
  #decoded: string | null = null;

  /**
   * @param options.rhythm the bytes have no arrival times: plausible ones are made up for each event
   *   (`rhythm.ts`), and each event counts as a chunk of its own.
   * @param options.framing left out: the first bytes say it.
   * @param options.dialect a person's choice; left out: the first event that says it decides.
   */
  constructor(options: IndexerOptions = {}) {
    this.#rhythm = options.rhythm ?? false;
    this.#reader = new FrameReader(this, options.framing);
    this.#isFramed = options.framing !== undefined;
    this.#isWhole = options.whole ?? false;
    this.#conformance = new Conformance({
      request: options.request ?? null,
      server: options.server,
      textOf: (kind, outputIndex, subIndex) =>
        (this.dialect === 'responses' ? this.#lanes : this.#reduced).textAt(
          kind,
          outputIndex,
          subIndex,
        ),
      report: (problem) => {
        if (this.#isWhole && !OF_ANY_ANSWER.has(problem.rule)) return;
        this.#batch.problem(this.#isLeft ? ofLeft(problem) : problem);
      },
    });
    const { dialect } = options;
    if (dialect !== undefined)
      this.#decide(typeof dialect === 'string' ? dialectOf(dialect) : dialect);
  }

  get eventCount(): number {
    return this.#batch.seq;
  }
  get problemCount(): number {
    return this.#batch.problemCount;
  }
  /** All problems so far by rule and severity, those included that are too many to be listed. */
  get problemTally(): ProblemTally[] {
    return this.#batch.problemTally;
  }
  /**
   * What the events themselves say so far: streaming, completed, incomplete or failed; idle where
   * there are events and none is of a dialect, so that they say nothing of an end.
   */
  get streamStatus(): StreamStatus {
    const { status } = this.#state;
    return status === 'streaming' && this.eventCount > 0 && this.#isPlain ? 'idle' : status;
  }
  /** What the events speak: `plain` until one of them says it. */
  get dialect(): DialectId {
    return this.#dialect.id;
  }
  /** The id of the profile of the server that it seems to come from, null for none. */
  get profile(): string | null {
    return this.#conformance.profile?.id ?? null;
  }
  /** How the bytes are divided into frames: `sse` until the first bytes say it. */
  get framing(): Framing {
    return this.#reader.framing;
  }
  get #isPlain(): boolean {
    return this.#dialect.id === 'plain';
  }
  get model(): string {
    return this.#state.model;
  }
  get lastTimeUs(): number {
    return this.#timeUs;
  }

  /**
   * @param timeUs arrival in microseconds since the request; not read with `rhythm`.
   * @param continued the bytes are the rest of the chunk before, cut for transport.
   */
  push(chunk: Uint8Array, timeUs: number, continued = false): void {
    if (!this.#rhythm) {
      if (!continued) {
        this.#chunk++;
        this.#batch.chunk(this.#reader.received, timeUs);
      }
      this.#timeUs = timeUs;
    }
    this.#reader.push(chunk);
    this.#decodedBytes = null;
    this.#decoded = null;
  }

  /**
   * The transport is over: what was open is reported.
   * @param end how, where that is known: what is missing because this side stopped the request is a note
   */
  end(end: Pick<CaptureEnd, 'kind'> | null = null): void {
    this.#isLeft = end?.kind === 'aborted';
    this.#reader.end();
    if (this.eventCount === 1) this.#checkWhole();
    this.#conformance.end(this.#place.seq < 0 ? null : this.#place);
  }

  /** What was found since the last call. Empty columns at the end of the stream are normal. */
  takeBatch(): IndexBatch {
    this.#lanes.flush();
    return {
      ...this.#batch.take(this.#types.takeFresh()),
      problemCount: this.problemCount,
      problemTally: this.problemTally,
      streamStatus: this.streamStatus,
      dialect: this.dialect,
      framing: this.framing,
      profile: this.profile,
    };
  }

  frame(frame: Readonly<Frame>, bytes: Uint8Array, base: number, view: DataView): void {
    if (frame.kind === 'comment') {
      this.#batch.comment(frame, this.#timeUs);
      const { dataStart, dataEnd } = frame;
      this.#conformance.comment(() =>
        decodeUtf8(bytes.subarray(dataStart - base, Math.min(dataEnd, dataStart + 100) - base)),
      );
    } else if (frame.kind === 'event') this.#event(frame, bytes, base, view);
  }

  deviation(deviation: Deviation): void {
    const { rule, start, end, detail } = deviation;
    this.#conformance.wire(rule, detail, { seq: this.#batch.seq, start, end });
  }

  #event(frame: Readonly<Frame>, bytes: Uint8Array, base: number, view: DataView): void {
    const batch = this.#batch;
    const start = frame.dataStart - base;
    const end = frame.dataEnd - base;
    const place = this.#place;
    place.seq = batch.seq;
    place.start = frame.start;
    place.end = frame.end;
    const name = this.framing === 'sse' ? frame.name : null;
    const hasId = frame.lastEventId !== this.#lastEventId;
    if (hasId) this.#lastEventId = frame.lastEventId;
    if (frame.dataLines === 0) {
      // Too long to be read, which was reported.
      batch.flags |= EventFlag.notJson;
      const type = this.#dialect.typeOf(undefined, frame.name, '');
      this.#close(frame, this.#types.numberOf(type));
      return;
    }
    if (frame.dataLines === 1) {
      const known = this.#lanes.applyKnown(bytes, view, start, end);
      if (known >= 0) {
        const type = this.#types.nameOf(known);
        const { sequence } = batch;
        if (!this.#conformance.known(type, sequence, name, hasId))
          this.#conformance.unusual(type, sequence, { name, hasId }, place);
        this.#close(frame, known);
        return;
      }
    }
    const text = this.#dataOf(frame, bytes, base);
    const value = parseJson(text);
    const event = isObject(value) ? value : null;
    if (event && !this.#isDecided) this.#recognise(event, frame.name);
    if (event && place.seq === 0 && this.framing !== 'sse') this.#whole = this.#wholeOf(event);
    const type = this.#dialect.typeOf(value, frame.name, text);
    const typeNumber = this.#types.numberOf(type);
    const rule = this.#dialect.id === 'responses' ? this.#types.ruleOf(typeNumber) : undefined;
    if (value === undefined) this.#notJson(text);
    if (event && typeof event.sequence_number === 'number') batch.sequence = event.sequence_number;
    let isInPlace = true;
    if (event) {
      // Rules compare what events say with what the lanes hold before they take it in.
      this.#lanes.flush();
      isInPlace = this.#conformance.event(type, rule, event, { name, hasId }, place);
    }
    if (rule) {
      if (rule.op === 'final') batch.flags |= EventFlag.terminal;
      if (event) {
        this.#lanes.apply(rule, event);
        const finding = this.#state.apply(rule, event);
        if (finding) this.#conformance.wire(finding.rule, finding.detail, place);
      }
    } else if (event) this.#unruled(type, event, { name, hasId });
    // A one-byte string can't hold U+FFFD, so for ASCII streams this costs nothing.
    if (text.includes('\ufffd')) this.#checkUtf8(frame, bytes, base);
    // What breaks a rule is looked at each time it comes.
    else if (event && rule?.op === 'append' && frame.dataLines === 1 && isInPlace)
      this.#lanes.learn(event, bytes, start, end, typeNumber);
    if (frame.dataLines > 1) batch.flags |= EventFlag.multiline;
    this.#close(frame, typeNumber);
  }

  #close(frame: Readonly<Frame>, type: number): void {
    const batch = this.#batch;
    if (this.#rhythm) {
      this.#chunk = batch.seq;
      this.#timeUs += gapUs(this.#pacedAs(type), batch.seq);
    } else if (this.#chunk === this.#eventChunk) batch.flags |= EventFlag.sameChunk;
    this.#eventChunk = this.#chunk;
    batch.append(frame, type, this.#timeUs, this.#chunk);
  }

  /** The type that an event's made-up time goes by: deltas of other dialects have many names. */
  #pacedAs(type: number): string {
    const name = this.#types.nameOf(type);
    const isOwn = this.#isPlain || this.dialect === 'responses';
    return !isOwn && DELTAS.has(this.#dialect.kindOf(name)) ? '.delta' : name;
  }

  #dataOf(frame: Readonly<Frame>, bytes: Uint8Array, base: number): string {
    if (frame.dataLines > 1) return readData(frame, bytes, base);
    if (this.#decodedBytes !== bytes) {
      this.#decodedBytes = bytes;
      const text = decodeUtf8(bytes);
      // As many UTF-16 units as bytes: all one-byte sequences, so offsets agree.
      this.#decoded = text.length === bytes.length ? text : null;
    }
    const start = frame.dataStart - base;
    const end = frame.dataEnd - base;
    return this.#decoded === null
      ? decodeUtf8(bytes.subarray(start, end))
      : this.#decoded.slice(start, end);
  }

  #recognise(event: JsonObject, name: string): void {
    const found = (this.#isWhole ? wholeDialect(event) : null) ?? recognise(event, name);
    if (found !== null) this.#decide(dialectOf(found));
  }

  /**
   * A body that is one JSON object may be no stream. A server that calls it one is believed, and so is a
   * person who says that it is plain events.
   */
  #wholeOf(event: JsonObject): string | null {
    const isSaid = this.#isFramed || (this.#isPlain && this.#isDecided);
    const isLoose = !isSaid && recognise(event, '') === null;
    return wholeAnswer(event) ?? (isLoose ? 'one JSON object, of no known protocol' : null);
  }

  /** There is but one event. An error is reported as such, and an array was meant to have more. */
  #checkWhole(): void {
    if (this.#isWhole) {
      if (this.#state.status === 'streaming') this.#state.status = 'completed';
      return;
    }
    if (this.#whole === null || this.#reader.isList || this.#state.status === 'failed') return;
    this.#state.status = 'failed';
    this.#conformance.wire('whole', this.#whole, this.#place);
  }

  #decide(dialect: Dialect): void {
    this.#dialect = dialect;
    this.#isDecided = true;
    this.#conformance.dialect = dialect.id;
  }

  #notJson(text: string): void {
    this.#batch.flags |= EventFlag.notJson;
    this.#conformance.unread(text === '[DONE]', this.#place);
    if (text === '[DONE]') {
      this.#batch.flags |= EventFlag.terminal;
      const state = this.#state;
      if (state.status === 'streaming' && this.dialect !== 'responses') state.status = 'completed';
      return;
    }
    // Plain text is legal in the format; where a JSON text was begun, it is damage.
    if (this.#isPlain && this.framing === 'sse' && !/^[{[]/.test(text)) return;
    this.#conformance.wire('json', text, this.#place);
  }

  /** An event of a dialect with a reducer, or of a type that Responses does not list. */
  #unruled(type: string, event: JsonObject, frame: FrameFacts): void {
    if (this.dialect === 'responses') {
      if (this.#state.model === '') this.#state.readModel(event);
      this.#batch.flags |= EventFlag.unknown;
      this.#conformance.wire('unknown-type', type, this.#place);
      return;
    }
    const { responses } = this.#reduced;
    const ending = this.#reduced.apply(this.#dialect, event, type);
    if (this.#reduced.responses !== responses) this.#state.status = 'streaming';
    this.#state.readModel(this.#isPlain ? event : this.#reduced.root);
    this.#conformance.reduced(type, event, frame, this.#place);
    if (!ending) return;
    this.#batch.flags |= EventFlag.terminal;
    if (!this.#isDecided) this.#conformance.failed(event, frame, this.#place);
    const finding = this.#state.end(ending);
    if (finding) this.#conformance.wire(finding.rule, finding.detail, this.#place);
  }

  #checkUtf8(frame: Readonly<Frame>, bytes: Uint8Array, base: number): void {
    if (isWellFormedUtf8(bytes.subarray(frame.dataStart - base, frame.dataEnd - base))) return;
    this.#conformance.wire('utf-8', '', this.#place);
  }
}

/** What a server says of itself: an error (W11), and why an answer is incomplete (W12). */
const OF_ANY_ANSWER: ReadonlySet<string> = new Set(['W11', 'W12']);

/** What is missing because this side stopped the request is no fault of the server. */
function ofLeft(problem: Problem): Problem {
  const message = `${problem.message} The request was stopped before.`;
  return { ...problem, severity: 'note', message };
}

const DELTAS: ReadonlySet<EventKind> = new Set(['text', 'reasoning', 'arguments', 'refusal']);
