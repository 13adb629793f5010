import { isObject, type JsonObject, type JsonValue, stringOf } from '../../src-core/json.ts';
import type { LanePlace } from '../../src-core/dialects/dialect.ts';
import { dialectOf } from '../../src-core/dialects/dialects.ts';
import { PartEvents, type PartKind } from '../../src-core/provenance/part-events.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import { AnnotationEvents } from './annotation-events.ts';
import { chatPictures, imageInUrl } from './chat-pictures.ts';
import { SoundReader } from './sound-reader.svelte.ts';

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
  /** All images, those included that are beyond the limit. */
  pictureCount: number;
  /** How many deltas with sound it brought, and who decodes them; null where there are none. */
  sound: { reader: SoundReader; count: number } | null;
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
  /** By the start of the response, the item and the part. */
  readonly #broughtBy = new Map<string, AnnotationEvents>();

  constructor(view: CaptureView) {
    this.#view = view;
    this.#events = new PartEvents(view.index);
  }

  /** What a lane stands in after an event: an item, a message, a block. */
  itemAt(seq: number, lane: LanePlace): JsonObject | null {
    const root = this.#view.snapshotAt(seq);
    return root && dialectOf(this.#view.index.dialect).itemOf(root, lane);
  }

  /** Several panes ask for one event in a row. */
  #last: { seq: number; output: JsonValue[] } | null = null;
  #outputAt(seq: number): JsonValue[] {
    if (this.#last?.seq !== seq)
      this.#last = { seq, output: listOf(this.#view.snapshotAt(seq)?.output) };
    return this.#last.output;
  }

  /** Everything at an event but the texts; of the images the first few. */
  at(seq: number, pictureLimit: number): PartsAt {
    if (seq < 0)
      return { pictures: [], pictureCount: 0, sound: null, citations: [], citationCount: 0 };
    const { citations, count } = this.#citationsAt(seq);
    const { pictures, count: pictureCount } = this.#picturesAt(seq, pictureLimit);
    const sound = this.#soundAt(seq);
    return { pictures, pictureCount, sound, citations, citationCount: count };
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
          citations.push({
            address: [outputIndex, contentIndex, at].join('/'),
            ...wordsOf(annotation, stringOf(part.text)),
            seq: this.#bringersIn(seq, outputIndex, contentIndex).at(at, seq),
          });
        });
      });
    });
    return { citations, count };
  }

  /** Of the annotations of a part: in the response of `seq`, the events that brought them. */
  #bringersIn(seq: number, outputIndex: number, contentIndex: number): AnnotationEvents {
    const start = this.#view.index.responseStart(seq);
    const key = [start, outputIndex, contentIndex].join('/');
    let events = this.#broughtBy.get(key);
    if (!events) {
      events = new AnnotationEvents(this.#view, this.#events, start, outputIndex, contentIndex);
      this.#broughtBy.set(key, events);
    }
    return events;
  }

  /** The images at an event: of one that is still being made, what was sent of it last. */
  #picturesAt(seq: number, limit: number): { pictures: OutputPicture[]; count: number } {
    const pictures: OutputPicture[] = [];
    let count = 0;
    const add = (picture: OutputPicture, brought = () => picture.seq) => {
      if (count++ < limit) pictures.push({ ...picture, seq: brought() });
    };
    this.#outputAt(seq).forEach((item, outputIndex) => {
      if (!isObject(item)) return;
      const name = `${stringOf(item.type).replaceAll('_', ' ')} ${outputIndex}`;
      const brought = () => this.#newest('whole', seq, outputIndex);
      if (item.type === 'image_generation_call') {
        const key = String(outputIndex);
        if (typeof item.result === 'string' && item.result !== '')
          add({ key, name, base64: item.result, seq: null }, brought);
        else {
          const partial = this.#newest('partial-image', seq, outputIndex);
          const value = partial === null ? null : this.#view.event(partial).value;
          if (isObject(value) && typeof value.partial_image_b64 === 'string')
            add({
              key,
              name: `${name}, partial image ${Number(value.partial_image_index ?? 0) + 1}`,
              base64: value.partial_image_b64,
              seq: partial,
            });
        }
      }
      listOf(item.outputs).forEach((output, at) => {
        const url = isObject(output) ? stringOf(output.url) : '';
        const base64 = imageInUrl(url);
        if (base64 !== null) add({ key: `${outputIndex}/${at}`, name, base64, seq: null }, brought);
      });
    });
    if (this.#view.index.dialect === 'chat')
      for (const { name, base64 } of chatPictures(this.#view.snapshotAt(seq)))
        add({ key: name, name, base64, seq: null }, () => this.#newest('images', seq, null));
    return { pictures, count };
  }

  /** The newest event of a kind, of the item where one is named. */
  #newest(kind: PartKind, seq: number, item: number | null): number | null {
    const list = this.#events.of(kind);
    const { index } = this.#view;
    const start = index.responseStart(seq);
    for (let row = list.countUpTo(seq) - 1; row >= 0; row--) {
      const one = list.at(row);
      if (one < start) return null;
      if (item === null || index.columns.item[one] === item) return one;
    }
    return null;
  }

  /** Of the response that was asked about last: another one's is decoded anew. */
  #reader: SoundReader | null = null;
  #soundAt(seq: number): PartsAt['sound'] {
    const list = this.#events.of('audio');
    const first = list.countUpTo(this.#view.index.responseStart(seq) - 1);
    const count = list.countUpTo(seq) - first;
    if (count === 0) return null;
    if (this.#reader?.first !== first) this.#reader = new SoundReader(this.#view, list, first);
    return { reader: this.#reader, count };
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
