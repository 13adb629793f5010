import { isObject, type JsonObject, stringOf } from '../json.ts';
import { indexOf } from '../responses/router.ts';
import type { FrameFacts } from './conformance.ts';
import type { DialectFacts, LaneReader } from './dialect-run.ts';

export interface BlockFacts {
  index: number;
  type: string;
  isOpen: boolean;
  /** A call whose input comes in deltas. */
  hasInput: boolean;
  hasSignature: boolean;
}

/** What is known of a stream of Messages. Bounded by its blocks, of which a few words are kept. */
export class MessagesFacts implements DialectFacts {
  readonly textOf: LaneReader;
  event: JsonObject = {};
  type = '';
  /** Of its frame, '' for none; null where frames have no names. */
  name: string | null = null;
  /** Of the event; null where there is none. */
  delta: JsonObject = {};
  /** The block at the event's index, undefined where none was announced. */
  block: BlockFacts | undefined;
  index = -1;

  /** Events other than pings so far. */
  events = 0;
  hasStart = false;
  /** The recording begins in the middle of a message. */
  isJoined = false;
  readonly blocks = new Map<number, BlockFacts>();
  /** The first index that no block had. */
  next = 0;
  open: BlockFacts | null = null;
  stopReason = '';
  hasDelta = false;
  isStopped = false;
  isFailed = false;
  outputTokens = -1;
  readonly told = new Set<string>();

  constructor(textOf: LaneReader) {
    this.textOf = textOf;
  }

  *take(event: JsonObject, _type: string, frame: FrameFacts): Generator<string> {
    this.event = event;
    this.name = frame.name;
    this.type = stringOf(event.type);
    this.delta = isObject(event.delta) ? event.delta : {};
    if (this.type === 'message_start' && (this.isStopped || this.isFailed)) this.#begin();
    yield 'every';
    switch (this.type) {
      case 'ping':
        return;
      case 'message_start':
        yield 'start';
        this.hasStart = true;
        this.#countOutput(isObject(event.message) ? event.message.usage : undefined);
        break;
      case 'content_block_start':
        yield* this.#blockStart();
        break;
      case 'content_block_delta':
        this.#locate();
        yield 'delta';
        this.#noteDelta();
        break;
      case 'content_block_stop':
        this.#locate();
        yield 'block-stop';
        if (this.block) this.block.isOpen = false;
        if (this.open === this.block) this.open = null;
        break;
      case 'message_delta':
        yield 'message-delta';
        this.hasDelta = true;
        this.open = null;
        this.stopReason = stringOf(this.delta.stop_reason) || this.stopReason;
        this.#countOutput(event.usage);
        break;
      case 'message_stop':
        yield 'stop';
        this.isStopped = true;
        break;
      case 'error':
        this.isFailed = true;
        break;
    }
    this.events++;
    if (!this.hasStart) this.isJoined = true;
  }

  done(): void {}

  /** Whether this has not been told yet. */
  once(what: string): boolean {
    if (this.told.has(what)) return false;
    this.told.add(what);
    return true;
  }

  /** The output tokens that an event counts, null where it counts none. */
  countOf(usage: unknown): number | null {
    return isObject(usage) && typeof usage.output_tokens === 'number' ? usage.output_tokens : null;
  }

  *#blockStart(): Generator<string> {
    this.#locate();
    yield 'block-start';
    const block = isObject(this.event.content_block) ? this.event.content_block : {};
    const type = stringOf(block.type);
    const hasSignature = stringOf(block.signature) !== '';
    const index = this.index < 0 ? this.next : this.index;
    this.next = Math.max(this.next, index + 1);
    this.open = { index, type, isOpen: true, hasInput: false, hasSignature };
    this.blocks.set(index, this.open);
  }

  #locate(): void {
    this.index = indexOf(this.event.index);
    this.block = this.blocks.get(this.index);
  }

  #noteDelta(): void {
    // A block that was never announced counts as announced from here on.
    if (!this.block && this.index >= 0) {
      const type = typeOfDelta[stringOf(this.delta.type)] ?? '';
      const block = { index: this.index, type, isOpen: true, hasInput: false, hasSignature: true };
      this.blocks.set(this.index, block);
      this.next = Math.max(this.next, this.index + 1);
      this.block = block;
      this.open = block;
    }
    if (this.delta.type === 'input_json_delta' && this.block) this.block.hasInput = true;
    if (this.delta.type === 'signature_delta' && this.block) this.block.hasSignature = true;
  }

  #countOutput(usage: unknown): void {
    this.outputTokens = Math.max(this.outputTokens, this.countOf(usage) ?? -1);
  }

  #begin(): void {
    this.events = 0;
    this.hasStart = false;
    this.isJoined = false;
    this.blocks.clear();
    this.next = 0;
    this.open = null;
    this.stopReason = '';
    this.hasDelta = false;
    this.isStopped = false;
    this.isFailed = false;
    this.outputTokens = -1;
    this.told.clear();
  }
}

const typeOfDelta: Record<string, string> = {
  text_delta: 'text',
  citations_delta: 'text',
  thinking_delta: 'thinking',
  signature_delta: 'thinking',
  input_json_delta: 'tool_use',
  compaction_delta: 'compaction',
};

/** Whether a delta belongs into a block; true for those that are not known. */
export function fitsBlock(delta: string, block: string): boolean {
  const expected = Object.hasOwn(typeOfDelta, delta) ? typeOfDelta[delta]! : '';
  if (expected === '' || block === '') return true;
  return expected === 'tool_use' ? block.endsWith('tool_use') : expected === block;
}
