import type { EventIndex } from '../index/event-index.ts';
import { NumberList } from '../index/columns.ts';
import { ruleOf } from '../responses/event-types.ts';

/** Events that bring what is no text: annotations, images, sound. */
export type PartKind = 'annotation' | 'partial-image' | 'audio' | 'images' | 'whole';

const KINDS: Record<string, PartKind> = {
  'response.output_text.annotation.added': 'annotation',
  'response.image_generation_call.partial_image': 'partial-image',
  'response.audio.delta': 'audio',
  // What a chunk of Chat Completions is listed as.
  'delta.images': 'images',
};

/**
 * The events of a capture that bring something beside texts, found by their types in one pass:
 * constant work an event, and only for those that are new. `whole` are those that set an item, a part
 * or a response as a whole.
 */
export class PartEvents {
  readonly #index: EventIndex;
  readonly #lists: Record<PartKind, NumberList> = {
    annotation: new NumberList(),
    'partial-image': new NumberList(),
    audio: new NumberList(),
    images: new NumberList(),
    whole: new NumberList(),
  };
  readonly #kinds: (PartKind | null)[] = [];
  #next = 0;

  constructor(index: EventIndex) {
    this.#index = index;
  }

  /** The events of a kind, ascending, of all that has come in. */
  of(kind: PartKind): NumberList {
    const { columns, count, types } = this.#index;
    for (; this.#next < count; this.#next++) {
      const type = columns.type[this.#next]!;
      const found = (this.#kinds[type] ??= kindOf(types[type]!));
      if (found) this.#lists[found].push(this.#next);
    }
    return this.#lists[kind];
  }
}

function kindOf(type: string): PartKind | null {
  const op = ruleOf(type)?.op;
  if (op === 'part-done' || op === 'item-added' || op === 'item-done' || op === 'final')
    return 'whole';
  return KINDS[type] ?? null;
}
