import { isObject, type JsonObject, type JsonValue, stringOf } from '../../src-core/json.ts';
import { PartEvents, type PartKind } from '../../src-core/provenance/part-events.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';

/** An annotation of a text: a citation of a page or a file. */
export interface Citation {
  /** `output_index/content_index/annotation_index`. */
  address: string;
  title: string;
  /** A URL or the id of a file; text, never followed. */
  target: string;
  /** The piece of the text that it is about, '' where none is told. */
  quote: string;
  /** The event that brought it, null where none is found. */
  seq: number | null;
}

/** An image of the output, as base64 of the file. */
export interface OutputPicture {
  key: string;
  name: string;
  base64: string;
  seq: number | null;
}

/** What a response brought beside texts, up to an event. */
export interface PartsAt {
  pictures: OutputPicture[];
  /** The events with its sound. */
  sound: number[];
  citations: Citation[];
  /** All citations, those included that are too many to be listed. */
  citationCount: number;
}

/** Citations listed at an event; a text with more says how many there are. */
export const CITATIONS = 200;

/** What a response brings beside its texts, with the events that brought it. */
export class OutputParts {
  readonly #view: CaptureView;
  readonly #events: PartEvents;
  /** Once known, the event that brought an annotation stays the same. */
  readonly #broughtBy = new Map<string, number>();

  constructor(view: CaptureView) {
    this.#view = view;
    this.#events = new PartEvents(view.index);
  }

  /** The item of the output at an index after an event. */
  itemAt(seq: number, outputIndex: number): JsonObject | null {
    const item = this.#outputAt(seq)[outputIndex];
    return isObject(item) ? item : null;
  }

  /** Several panes ask for one event in a row. */
  #last: { seq: number; output: JsonValue[] } | null = null;
  #outputAt(seq: number): JsonValue[] {
    if (this.#last?.seq !== seq)
      this.#last = { seq, output: listOf(this.#view.snapshotAt(seq)?.output) };
    return this.#last.output;
  }

  /** Everything at an event but the texts. */
  at(seq: number): PartsAt {
    if (seq < 0) return { pictures: [], sound: [], citations: [], citationCount: 0 };
    const { citations, count } = this.#citationsAt(seq);
    const pictures = this.#picturesAt(seq);
    return { pictures, sound: this.#soundAt(seq), citations, citationCount: count };
  }

  #citationsAt(seq: number): { citations: Citation[]; count: number } {
    const citations: Citation[] = [];
    let count = 0;
    this.#outputAt(seq).forEach((item, outputIndex) => {
      if (!isObject(item)) return;
      listOf(item.content).forEach((part, contentIndex) => {
        if (!isObject(part)) return;
        listOf(part.annotations).forEach((annotation, at) => {
          count++;
          if (citations.length >= CITATIONS || !isObject(annotation)) return;
          const place = [outputIndex, contentIndex, at] as const;
          citations.push({
            address: place.join('/'),
            ...wordsOf(annotation, stringOf(part.text)),
            seq: this.#bringer(seq, ...place),
          });
        });
      });
    });
    return { citations, count };
  }

  #bringer(seq: number, outputIndex: number, contentIndex: number, at: number): number | null {
    const start = this.#view.index.responseStart(seq);
    const key = [start, outputIndex, contentIndex, at].join('/');
    const known = this.#broughtBy.get(key);
    if (known !== undefined && known <= seq) return known;
    const found =
      this.#among('annotation', seq, outputIndex, (event) => {
        const own = event.annotation_index;
        const part = typeof event.content_index === 'number' ? event.content_index : 0;
        return part === contentIndex && own === at;
      }) ??
      this.#among('whole', seq, outputIndex, (_event, one) => {
        const item = listOf(this.#view.snapshotAt(one)?.output)[outputIndex];
        const part = isObject(item) ? listOf(item.content)[contentIndex] : null;
        return isObject(part) && listOf(part.annotations).length > at;
      });
    if (found !== null) this.#broughtBy.set(key, found);
    return found;
  }

  /** The first event of a kind about an item, in the response of `seq` and up to it, that passes. */
  #among(
    kind: PartKind,
    seq: number,
    item: number,
    passes: (event: JsonObject, seq: number) => boolean,
  ): number | null {
    const list = this.#events.of(kind);
    const { index } = this.#view;
    for (let row = list.countUpTo(index.responseStart(seq) - 1); row < list.length; row++) {
      const one = list.at(row);
      if (one > seq) return null;
      const about = index.columns.item[one]!;
      if (about !== item && about >= 0) continue;
      const { value } = this.#view.event(one);
      if (isObject(value) && passes(value, one)) return one;
    }
    return null;
  }

  /** The images at an event: of one that is still being made, what was sent of it last. */
  #picturesAt(seq: number): OutputPicture[] {
    const pictures: OutputPicture[] = [];
    this.#outputAt(seq).forEach((item, outputIndex) => {
      if (!isObject(item)) return;
      const name = `${stringOf(item.type).replaceAll('_', ' ')} ${outputIndex}`;
      const brought = () => this.#newest('whole', seq, outputIndex);
      if (item.type === 'image_generation_call') {
        const key = String(outputIndex);
        if (typeof item.result === 'string' && item.result !== '')
          pictures.push({ key, name, base64: item.result, seq: brought() });
        else {
          const partial = this.#newest('partial-image', seq, outputIndex);
          const value = partial === null ? null : this.#view.event(partial).value;
          if (isObject(value) && typeof value.partial_image_b64 === 'string')
            pictures.push({
              key,
              name: `${name}, partial image ${Number(value.partial_image_index ?? 0) + 1}`,
              base64: value.partial_image_b64,
              seq: partial,
            });
        }
      }
      listOf(item.outputs).forEach((output, at) => {
        const url = isObject(output) ? stringOf(output.url) : '';
        const base64 = /^data:image\/[\w.+-]+;base64,/.exec(url);
        if (base64)
          pictures.push({
            key: `${outputIndex}/${at}`,
            name,
            base64: url.slice(base64[0].length),
            seq: brought(),
          });
      });
    });
    return pictures;
  }

  #newest(kind: PartKind, seq: number, item: number): number | null {
    const list = this.#events.of(kind);
    const { index } = this.#view;
    const start = index.responseStart(seq);
    for (let row = list.countUpTo(seq) - 1; row >= 0; row--) {
      const one = list.at(row);
      if (one < start) return null;
      if (index.columns.item[one] === item) return one;
    }
    return null;
  }

  /** The sound deltas of the response up to an event. */
  #soundAt(seq: number): number[] {
    const list = this.#events.of('audio');
    const { index } = this.#view;
    const seqs: number[] = [];
    const to = list.countUpTo(seq);
    for (let row = list.countUpTo(index.responseStart(seq) - 1); row < to; row++)
      seqs.push(list.at(row));
    return seqs;
  }
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function wordsOf(
  annotation: JsonObject,
  text: string,
): Pick<Citation, 'title' | 'target' | 'quote'> {
  const target = stringOf(annotation.url) || stringOf(annotation.file_id);
  const title = stringOf(annotation.title) || stringOf(annotation.filename) || target;
  const { start_index: start, end_index: end } = annotation;
  const isRange = typeof start === 'number' && typeof end === 'number' && end > start;
  // The indexes count characters: beyond the BMP they and UTF-16 disagree, which is told nowhere.
  const quote = isRange ? text.slice(start, Math.min(end, start + 200)) : '';
  return { title: title || stringOf(annotation.type), target, quote };
}
