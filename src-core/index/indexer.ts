import type { StreamStatus } from '../capture.ts';
import { isObject, type JsonObject, parseJson, stringOf } from '../json.ts';
import type { Problem } from '../problem.ts';
import { type EventRule, ruleOf } from '../responses/event-types.ts';
import { leavesOfItem, leavesOfPart, subIndexField } from '../responses/leaf.ts';
import { indexOf, Router } from '../responses/router.ts';
import { gapUs } from '../rhythm.ts';
import { type Deviation, type Frame, type FrameSink, readData } from '../sse/frame.ts';
import { FrameParser } from '../sse/frame-parser.ts';
import { decodeUtf8, isWellFormedUtf8 } from '../text.ts';
import { EventFlag, type IndexBatch, type Lane } from './batch.ts';
import { commentColumns, eventColumns, resized } from './columns.ts';
import { LaneTexts, type LaneText } from './lane-texts.ts';
import { problemOf } from './wire-problems.ts';

/** Beyond this many, problems are counted and no longer listed. */
const MAX_PROBLEMS = 10_000;

/**
 * Turns the bytes of a capture into columns, lanes and problems, in one pass. It keeps no bytes and
 * no columns, only the lanes' current texts: what it found is taken away in batches.
 */
export class Indexer implements FrameSink {
  readonly #parser = new FrameParser(this);
  readonly #rhythm: boolean;
  readonly #router = new Router();
  readonly #texts: LaneTexts;

  #columns = eventColumns(256);
  #comments = commentColumns(16);
  #count = 0;
  #commentCount = 0;
  #firstSeq = 0;
  #types: string[] = [];
  #lanes: Lane[] = [];
  #newTexts: { lane: number; text: string }[] = [];
  #growth: number[] = [];
  #problems: Problem[] = [];

  readonly #typeNumbers = new Map<string, number>();
  readonly #rules: (EventRule | undefined)[] = [];
  #lastType = '';
  #lastTypeNumber = -1;
  #laneCount = 0;
  #responses = 0;
  #chunk = -1;
  #timeUs = 0;
  #commentsSeen = false;
  #eventChunk = -1;

  // The chunk that is being read, decoded at once: cheaper than decoding each event.
  #decodedBytes: Uint8Array | null = null;
  #decoded: string | null = null;

  // The event that is being read.
  #flags = 0;
  #lane = -1;
  #laneEnd = 0;

  #problemCount = 0;
  #status: StreamStatus = 'streaming';
  #model = '';
  #responsesSeen = false;

  /**
   * @param options.rhythm the bytes have no arrival times: plausible ones are made up for each event
   *   (`rhythm.ts`), and each event counts as a chunk of its own.
   */
  constructor(options: { rhythm?: boolean } = {}) {
    this.#rhythm = options.rhythm ?? false;
    this.#texts = new LaneTexts({
      lane: (lane) => {
        this.#lanes.push(lane);
        if (lane.initial !== '') this.#growth.push(this.#laneCount, this.#seq, lane.initial.length);
        return this.#laneCount++;
      },
      grow: (lane, text, length) => {
        this.#newTexts.push({ lane, text });
        this.#growth.push(lane, this.#seq, length);
      },
    });
  }

  get #seq(): number {
    return this.#firstSeq + this.#count;
  }
  get eventCount(): number {
    return this.#seq;
  }
  get problemCount(): number {
    return this.#problemCount;
  }
  /** What the events themselves say so far: streaming, completed, incomplete or failed. */
  get streamStatus(): StreamStatus {
    return this.#status;
  }
  /** Whether any event is one of the Responses protocol. */
  get isResponses(): boolean {
    return this.#responsesSeen;
  }
  get model(): string {
    return this.#model;
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
      if (!continued) this.#chunk++;
      this.#timeUs = timeUs;
    }
    this.#parser.push(chunk);
    this.#decodedBytes = null;
    this.#decoded = null;
  }

  /** The transport is over: what was open is reported. */
  end(): void {
    this.#parser.end();
  }

  /** What was found since the last call. Empty columns at the end of the stream are normal. */
  takeBatch(): IndexBatch {
    const batch: IndexBatch = {
      firstSeq: this.#firstSeq,
      count: this.#count,
      columns: resized(this.#columns, this.#count, this.#count),
      comments: resized(this.#comments, this.#commentCount, this.#commentCount),
      types: this.#types,
      lanes: this.#lanes,
      texts: this.#newTexts,
      growth: this.#growth,
      problems: this.#problems,
    };
    this.#firstSeq += this.#count;
    this.#count = 0;
    this.#commentCount = 0;
    this.#types = [];
    this.#lanes = [];
    this.#newTexts = [];
    this.#growth = [];
    this.#problems = [];
    return batch;
  }

  frame(frame: Readonly<Frame>, bytes: Uint8Array, base: number): void {
    if (frame.kind === 'comment') this.#comment(frame);
    else if (frame.kind === 'event') this.#event(frame, bytes, base);
  }

  deviation(deviation: Deviation): void {
    this.#problem(problemOf(deviation, this.#seq));
  }

  #problem(problem: Problem): void {
    this.#problemCount++;
    if (this.#problemCount <= MAX_PROBLEMS) this.#problems.push(problem);
    if (problem.seq === this.#seq) this.#flags |= EventFlag.problem;
  }

  #comment(frame: Readonly<Frame>): void {
    const row = this.#commentCount;
    if (row === this.#comments.start.length) this.#comments = resized(this.#comments, row, row * 2);
    const comments = this.#comments;
    comments.start[row] = frame.start;
    comments.end[row] = frame.end;
    comments.timeUs[row] = this.#timeUs;
    comments.before[row] = this.#seq;
    this.#commentCount++;
    this.#commentsSeen = true;
  }

  #event(frame: Readonly<Frame>, bytes: Uint8Array, base: number): void {
    const text = this.#dataOf(frame, bytes, base);
    const seq = this.#seq;
    this.#lane = -1;
    this.#laneEnd = 0;
    const value = parseJson(text);
    const event = isObject(value) ? value : null;
    let type: string;
    if (event && typeof event.type === 'string') type = event.type;
    else if (value === undefined && text === '[DONE]') type = '[DONE]';
    else type = frame.name || 'message';

    if (type !== this.#lastType) {
      this.#lastType = type;
      this.#lastTypeNumber = this.#numberOf(type);
    }
    const typeNumber = this.#lastTypeNumber;
    const rule = this.#rules[typeNumber];
    if (value === undefined) this.#notJson(type, text, frame, bytes, base);
    if (rule) {
      this.#responsesSeen = true;
      if (event) this.#apply(rule, event, seq, frame);
    } else if (event) this.#unknown(type, event, frame);
    // A one-byte string can't hold U+FFFD, so for ASCII streams this costs nothing.
    if (text.includes('\ufffd')) this.#checkUtf8(frame, bytes, base);
    if (frame.dataLines > 1) this.#flags |= EventFlag.multiline;
    if (this.#commentsSeen) this.#flags |= EventFlag.comments;
    if (this.#rhythm) {
      this.#timeUs += gapUs(type, seq);
      this.#chunk = seq;
    } else if (this.#chunk === this.#eventChunk) this.#flags |= EventFlag.sameChunk;
    this.#eventChunk = this.#chunk;
    this.#append(frame, event, typeNumber);
  }

  #append(frame: Readonly<Frame>, event: JsonObject | null, typeNumber: number): void {
    const row = this.#count;
    if (row === this.#columns.start.length) this.#columns = resized(this.#columns, row, row * 2);
    const columns = this.#columns;
    columns.start[row] = frame.start;
    columns.end[row] = frame.end;
    columns.dataStart[row] = frame.dataStart;
    columns.dataEnd[row] = frame.dataEnd;
    columns.timeUs[row] = this.#timeUs;
    columns.chunk[row] = this.#chunk;
    columns.type[row] = typeNumber;
    columns.lane[row] = this.#lane;
    columns.laneEnd[row] = this.#laneEnd;
    const sequence = event?.sequence_number;
    columns.sequence[row] = typeof sequence === 'number' ? sequence : NaN;
    columns.flags[row] = this.#flags;
    this.#count++;
    this.#flags = 0;
    this.#commentsSeen = false;
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

  #numberOf(type: string): number {
    let number = this.#typeNumbers.get(type);
    if (number === undefined) {
      // The column has 16 bits; a stream with more names than that is not one to tell apart.
      if (this.#typeNumbers.size === 0xffff) return 0xfffe;
      number = this.#typeNumbers.size;
      this.#typeNumbers.set(type, number);
      this.#types.push(type);
      this.#rules[number] = ruleOf(type);
    }
    return number;
  }

  #apply(rule: EventRule, event: JsonObject, seq: number, frame: Readonly<Frame>): void {
    switch (rule.op) {
      case 'append': {
        const delta = event.delta;
        // A null delta counts as empty (code interpreter).
        const lane = this.#laneOf(rule.lane, event);
        this.#appendTo(lane, typeof delta === 'string' ? delta : '', seq);
        if (Array.isArray(event.logprobs) && event.logprobs.length > 0)
          this.#flags |= EventFlag.logprobs;
        return;
      }
      case 'none':
        return;
      case 'replace': {
        const value = event[rule.field];
        if (typeof value !== 'string') return;
        const text = this.#laneOf(rule.lane, event);
        this.#texts.set(text, value, seq);
        this.#point(text);
        break;
      }
      case 'begin':
        // A first response may have begun without this event, in a stream joined in its middle.
        if (seq > 0) this.#responses++;
        this.#router.reset();
        this.#texts.reset(this.#responses);
        this.#status = 'streaming';
        this.#readResponse(event, seq);
        break;
      case 'renew':
        this.#readModel(event.response);
        break;
      case 'final':
        this.#readResponse(event, seq);
        this.#finish(event, seq, frame);
        break;
      case 'fatal':
        this.#status = 'failed';
        this.#serverError(isObject(event.error) ? event.error : event, seq, frame);
        return;
      case 'item-added':
      case 'item-done': {
        const index = this.#router.ofItem(event);
        if (event.item !== null) this.#texts.setAll(index, leavesOfItem(event.item), seq);
        break;
      }
      case 'part-added':
      case 'part-done': {
        const field = rule.list === 'summary' ? 'summary_index' : 'content_index';
        const subIndex = Math.max(0, indexOf(event[field]));
        const leaves = leavesOfPart(event.part, subIndex);
        this.#texts.setAll(this.#router.of(event), leaves, seq, { list: rule.list, subIndex });
        break;
      }
      case 'command-added': {
        const text = this.#laneOf('shell_command', event);
        this.#texts.set(text, stringOf(event.command), seq);
        this.#point(text);
        break;
      }
      case 'shell-output': {
        if (!isObject(event.delta)) return;
        const { stdout, stderr } = event.delta;
        if (typeof stdout === 'string') this.#appendTo(this.#laneOf('shell_stdout', event), stdout, seq);
        if (typeof stderr === 'string') this.#appendTo(this.#laneOf('shell_stderr', event), stderr, seq);
        return;
      }
      case 'shell-output-done': {
        const output = Array.isArray(event.output) ? event.output[0] : undefined;
        if (!isObject(output)) return;
        for (const [kind, value] of [
          ['shell_stdout', output.stdout],
          ['shell_stderr', output.stderr],
        ] as const) {
          if (typeof value === 'string') this.#texts.set(this.#laneOf(kind, event), value, seq);
        }
        break;
      }
      case 'annotation':
      case 'status':
        break;
    }
    this.#flags |= EventFlag.structural;
  }

  #laneOf(kind: LaneText['kind'], event: JsonObject): LaneText {
    const field = subIndexField(kind);
    const subIndex = field === null ? -1 : Math.max(0, indexOf(event[field]));
    return this.#texts.of(kind, this.#router.of(event), subIndex);
  }

  #appendTo(text: LaneText, delta: string, seq: number): void {
    if (this.#texts.append(text, delta, seq)) this.#flags |= EventFlag.binds | EventFlag.structural;
    this.#newTexts.push({ lane: text.lane, text: delta });
    // An event that writes two lanes has its first in the columns, the second as growth.
    if (this.#lane >= 0) this.#growth.push(text.lane, seq, text.text.length);
    else this.#point(text);
  }

  #point(text: LaneText): void {
    this.#lane = text.lane;
    this.#laneEnd = text.text.length;
  }

  #readModel(response: unknown): void {
    if (isObject(response) && typeof response.model === 'string') this.#model = response.model;
  }

  #readResponse(event: JsonObject, seq: number): void {
    const response = event.response;
    if (!isObject(response)) return;
    this.#readModel(response);
    const output = response.output;
    // Without an output the items collected so far stand.
    this.#texts.setResponse((index) => !Array.isArray(output) || isObject(output[index]), seq);
    if (!Array.isArray(output)) return;
    output.forEach((item, index) => {
      if (isObject(item)) {
        this.#router.ofItem({ output_index: index, item });
        this.#texts.setAll(index, leavesOfItem(item), seq);
      }
    });
  }

  #finish(event: JsonObject, seq: number, frame: Readonly<Frame>): void {
    this.#flags |= EventFlag.terminal;
    const response = isObject(event.response) ? event.response : {};
    if (event.type === 'response.completed') this.#status = 'completed';
    else if (event.type === 'response.incomplete') {
      this.#status = 'incomplete';
      const details = isObject(response.incomplete_details) ? response.incomplete_details : {};
      const reason = stringOf(details.reason) || 'no reason given';
      this.#report('incomplete', 'warning', seq, frame, `The response is incomplete: ${reason}.`);
    } else {
      this.#status = 'failed';
      this.#serverError(isObject(response.error) ? response.error : {}, seq, frame);
    }
  }

  #serverError(error: JsonObject, seq: number, frame: Readonly<Frame>): void {
    const code = stringOf(error.code) || stringOf(error.type) || 'error';
    const message = stringOf(error.message) || 'no message given';
    this.#report('server-error', 'error', seq, frame, `The server reports ${code}: ${message}`);
  }

  #notJson(
    type: string,
    text: string,
    frame: Readonly<Frame>,
    bytes: Uint8Array,
    base: number,
  ): void {
    this.#flags |= EventFlag.notJson;
    if (type === '[DONE]') {
      this.#flags |= EventFlag.terminal;
      if (this.#status === 'streaming' && !this.#responsesSeen) this.#status = 'completed';
      return;
    }
    // Plain text is legal in the format; where a JSON text was begun, it is damage.
    const first = bytes[frame.dataStart - base];
    if (!this.#responsesSeen && first !== 0x7b && first !== 0x5b) return;
    this.#report('json', 'error', this.#seq, frame, `The data is not JSON: ${jsonFault(text)}.`);
  }

  #unknown(type: string, event: JsonObject, frame: Readonly<Frame>): void {
    if (this.#model === '') this.#readModel(event);
    if (!type.startsWith('response.') && !this.#responsesSeen) return;
    this.#flags |= EventFlag.unknown;
    this.#report(
      'unknown-type',
      'note',
      this.#seq,
      frame,
      `${type} is not a listed event type; it is kept and changes nothing in the response.`,
    );
  }

  #checkUtf8(frame: Readonly<Frame>, bytes: Uint8Array, base: number): void {
    if (isWellFormedUtf8(bytes.subarray(frame.dataStart - base, frame.dataEnd - base))) return;
    this.#report('utf-8', 'error', this.#seq, frame, 'The data is not well-formed UTF-8.');
  }

  #report(
    rule: string,
    severity: Problem['severity'],
    seq: number,
    frame: Readonly<Frame>,
    message: string,
  ): void {
    this.#problem({ rule, severity, seq, start: frame.start, end: frame.end, message });
  }
}

/** Where a JSON text goes wrong, in the engine's words. */
function jsonFault(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
