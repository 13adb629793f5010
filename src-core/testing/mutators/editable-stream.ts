import { isObject, type JsonObject, parseJson, stringOf } from '../../json.ts';
import { readData } from '../../sse/frame.ts';
import { FrameParser } from '../../sse/frame-parser.ts';

/** One event of a stream that is being edited, with the bytes up to the next event. */
export interface Piece {
  /** The frame's event name, empty where it has none. */
  readonly name: string;
  /** The type in the data, empty where there is none. */
  readonly type: string;
  /** Empty where the data is no JSON object. Not to be written to: pieces are shared by copies. */
  readonly value: JsonObject;
  /** The field lines with their terminators. */
  readonly frame: Uint8Array;
  /** What lies between this event and the next: the blank line, comments. */
  readonly gap: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const LF = encoder.encode('\n');

/**
 * A recording as a list of events that can be changed, dropped and added. What is not touched keeps its
 * bytes, but for a `sequence_number` that `renumber` had to change.
 */
export class EditableStream {
  readonly pieces: Piece[];
  /** What comes before the first event. */
  readonly #head: Uint8Array;
  /** The first event's number, from which `renumber` goes on. */
  readonly #base: number;
  /** What was found out about the events, while they stay as they are. */
  #found = new Map<string, unknown>();

  private constructor(head: Uint8Array, pieces: Piece[], base: number) {
    this.#head = head;
    this.pieces = pieces;
    this.#base = base;
  }

  /** Reads an event stream. `bytes` must not change afterwards. */
  static of(bytes: Uint8Array): EditableStream {
    const found: { start: number; end: number; name: string; data: string }[] = [];
    const parser = new FrameParser({
      frame(frame, chunk, base) {
        if (frame.kind !== 'event') return;
        const { start, end, name } = frame;
        found.push({ start, end, name, data: readData(frame, chunk, base) });
      },
      deviation: () => {},
    });
    parser.push(bytes);
    const pieces = found.map(({ start, end, name, data }, index): Piece => {
      const value = parseJson(data);
      return {
        ...{ name, type: isObject(value) ? stringOf(value.type) : '' },
        value: isObject(value) ? value : {},
        frame: bytes.subarray(start, end),
        gap: bytes.subarray(end, found[index + 1]?.start ?? bytes.length),
      };
    });
    const first = pieces[0]?.value.sequence_number;
    const head = bytes.subarray(0, found[0]?.start ?? bytes.length);
    return new EditableStream(head, pieces, typeof first === 'number' ? first : 0);
  }

  /** A copy to be edited; this one stays as it is. */
  copy(): EditableStream {
    const copy = new EditableStream(this.#head, [...this.pieces], this.#base);
    copy.#found = new Map(this.#found);
    return copy;
  }

  /** What `find` finds in the events, asked once while they stay as they are. */
  found<T>(what: string, find: () => T): T {
    if (!this.#found.has(what)) this.#found.set(what, find());
    return this.#found.get(what) as T;
  }

  get count(): number {
    return this.pieces.length;
  }
  at(seq: number): Piece {
    const piece = this.pieces[seq];
    if (!piece) throw new Error(`there is no event ${seq}`);
    return piece;
  }
  /** The data of an event, empty where there is no such event. */
  value(seq: number): JsonObject {
    return this.pieces[seq]?.value ?? {};
  }
  type(seq: number): string {
    return this.pieces[seq]?.type ?? '';
  }

  /** Changes a copy of the event's data and writes it as the event's one data line. */
  edit(seq: number, change: (value: JsonObject) => void): void {
    const value = structuredClone(this.value(seq));
    const before = this.at(seq);
    change(value);
    const type = stringOf(value.type);
    const name = before.name === '' ? '' : type;
    this.#put(seq, { ...before, name, type, value, frame: frameOf(name, value) });
  }

  /** Writes the frame's bytes, whatever they are. @param blank the blank line that ends it */
  write(seq: number, frame: string | Uint8Array, blank?: string): void {
    const bytes = typeof frame === 'string' ? encoder.encode(frame) : frame;
    const before = this.at(seq);
    const gap = blank === undefined ? before.gap : encoder.encode(blank);
    this.#put(seq, { ...before, frame: bytes, gap });
  }

  /** The frame's lines as text. */
  frameText(seq: number): string {
    return decoder.decode(this.at(seq).frame);
  }

  /** Puts an event before the one at `seq`; `seq` may be the count. */
  insert(seq: number, value: JsonObject): void {
    const named = this.pieces.some(({ name }) => name !== '');
    const type = stringOf(value.type);
    const name = named ? type : '';
    this.pieces.splice(seq, 0, { name, type, value, frame: frameOf(name, value), gap: LF });
    this.renumber();
  }

  remove(seq: number): void {
    this.pieces.splice(seq, 1);
    this.renumber();
  }

  removeAll(seqs: readonly number[]): void {
    const gone = new Set(seqs);
    const kept = this.pieces.filter((_, seq) => !gone.has(seq));
    this.pieces.splice(0, this.pieces.length, ...kept);
    this.renumber();
  }

  /** Takes the event at `from` out and puts it where it is event number `to`. */
  move(from: number, to: number): void {
    const [piece] = this.pieces.splice(from, 1);
    this.pieces.splice(to, 0, piece!);
    this.renumber();
  }

  /** Numbers the events without a gap, as if the edited order had been the server's. */
  renumber(): void {
    this.#found.clear();
    this.pieces.forEach((piece, seq) => {
      const number = this.#base + seq;
      const { sequence_number: before } = piece.value;
      if (typeof before === 'number' && before !== number) this.setNumber(seq, number);
    });
  }

  /** Changes an event's `sequence_number`, and no other byte. */
  setNumber(seq: number, number: number): void {
    const piece = this.at(seq);
    const text = decoder.decode(piece.frame);
    // Within a string the quote would have a backslash before it.
    const changed = text.replace(/(?<!\\)("sequence_number":\s*)\d+/, `$1${number}`);
    const value = { ...piece.value, sequence_number: number };
    this.#put(seq, { ...piece, value, frame: encoder.encode(changed) });
  }

  /** Adds bytes behind the last event's blank line. */
  append(text: string): void {
    const last = this.at(this.count - 1);
    const gap = Uint8Array.of(...last.gap, ...encoder.encode(text));
    this.#put(this.count - 1, { ...last, gap });
  }

  /** Writes the same events as JSON lines, or as one JSON array. */
  layOut(framing: 'lines' | 'array'): void {
    const [open, between, close] = framing === 'lines' ? ['', '\n', '\n'] : ['[', ',\n', ']\n'];
    this.pieces.forEach((piece, seq) => {
      const data = /^data: ?(.*)$/m.exec(this.frameText(seq))?.[1] ?? '';
      const frame = encoder.encode((seq === 0 ? open : '') + data);
      const gap = encoder.encode(seq === this.count - 1 ? close : between);
      this.#put(seq, { ...piece, frame, gap });
    });
  }

  /** Ends the stream with the field lines of an event. */
  cutAfter(seq: number): void {
    this.#found.clear();
    this.pieces.splice(seq, this.count, { ...this.at(seq), gap: new Uint8Array() });
  }

  #put(seq: number, piece: Piece): void {
    this.pieces[seq] = piece;
    this.#found.clear();
  }

  /** Seqs of the events for which this holds. */
  where(holds: (piece: Piece, seq: number) => boolean): number[] {
    return this.pieces.flatMap((piece, seq) => (holds(piece, seq) ? [seq] : []));
  }

  bytes(): Uint8Array {
    const parts = [this.#head, ...this.pieces.flatMap(({ frame, gap }) => [frame, gap])];
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

function frameOf(name: string, value: JsonObject): Uint8Array {
  const line = name === '' ? '' : `event: ${name}\n`;
  return encoder.encode(`${line}data: ${JSON.stringify(value)}\n`);
}
