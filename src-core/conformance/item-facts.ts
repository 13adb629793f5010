import type { LaneKind } from '../index/batch.ts';
import type { JsonValue } from '../json.ts';

/** A text of an item: a lane, as far as the order of its events is concerned. */
export interface TextFacts {
  kind: LaneKind;
  subIndex: number;
  /** Whether a delta wrote it. */
  hasDeltas: boolean;
  /** Its own `.done` came, or something later that holds it whole. */
  isDone: boolean;
  /**
   * Its deltas are not all of it: it did not start empty, its beginning was not seen, or what came
   * before was dropped. Until it is set as a whole it is compared with nothing.
   */
  isPartial: boolean;
  /** A delta after its end was reported. */
  isLateSaid: boolean;
}

export type PartList = 'content' | 'summary' | 'output';

/** An element of an item's content or summary. */
export interface PartFacts {
  list: PartList;
  index: number;
  /** As its `added` says; '' where nothing said it. */
  type: string;
  isDone: boolean;
  /** It was never added, which was reported: it may be a wrong index and no part. */
  isImplied: boolean;
  /** Fingerprints of its annotations, by their index. */
  annotations: number[];
  /** One of them was missed, which was reported. */
  missesAnnotations: boolean;
}

/** An item of the output. Once it is closed only what the final response is compared with is kept. */
export class ItemFacts {
  readonly outputIndex: number;
  id: string | null = null;
  callId: string | null = null;
  /** '' where nothing said it. */
  type = '';
  /** Other ids that events of it had, which were reported; '' for none at all. */
  readonly otherIds = new Set<string>();
  isOpen = true;
  /** It was never announced: that was reported, or lies before the beginning of the stream. */
  isImplied = false;
  /** Something after its end was reported. */
  isLateSaid = false;
  /** An event of a type that is not listed was for it: what that said is not known. */
  isUnlistedSeen = false;
  /** How far its tool is: 0 in progress, 1 at work, 2 over; -1 where nothing was said. */
  rank = -1;
  /** An event that fits another type was reported. */
  isMisfitSaid = false;
  /** That something about its tool is not in order was reported. */
  isRankSaid = false;
  status = '';
  /** What was closed, by member. */
  prints: ReadonlyMap<string, number> | null = null;
  readonly texts = new Map<string, TextFacts>();
  readonly parts = new Map<string, PartFacts>();
  /** How many elements of each list were announced. */
  readonly counts: Record<PartList, number> = { content: 0, summary: 0, output: 0 };

  constructor(outputIndex: number) {
    this.outputIndex = outputIndex;
  }

  text(kind: LaneKind, subIndex: number): TextFacts | undefined {
    return this.texts.get(textKey(kind, subIndex));
  }

  /** The same; made where it is missing. */
  ensureText(kind: LaneKind, subIndex: number): TextFacts {
    const key = textKey(kind, subIndex);
    let text = this.texts.get(key);
    if (!text) {
      text = {
        kind,
        subIndex,
        hasDeltas: false,
        isDone: false,
        isPartial: false,
        isLateSaid: false,
      };
      this.texts.set(key, text);
    }
    return text;
  }

  part(list: PartList, index: number): PartFacts | undefined {
    return this.parts.get(partKey(list, index));
  }

  ensurePart(list: PartList, index: number, type: string, isImplied = false): PartFacts {
    const key = partKey(list, index);
    let part = this.parts.get(key);
    if (!part) {
      part = {
        ...{ list, index, type, isDone: false, isImplied },
        ...{ annotations: [], missesAnnotations: false },
      };
      this.parts.set(key, part);
      this.counts[list] = Math.max(this.counts[list], index + 1);
    }
    return part;
  }

  /** What its deltas wrote so far is not the whole of it any more. */
  losesTexts(): void {
    for (const text of this.texts.values()) text.isPartial = true;
  }

  close(prints: ReadonlyMap<string, number>): void {
    this.isOpen = false;
    this.prints = prints;
    this.texts.clear();
    this.parts.clear();
  }
}

/** Where a lane's text stands: an element of a list, or the item itself (null). */
export function listOf(kind: LaneKind): PartList | null {
  switch (kind) {
    case 'output_text':
    case 'refusal':
    case 'reasoning_text':
      return 'content';
    case 'reasoning_summary':
      return 'summary';
    default:
      return null;
  }
}

function textKey(kind: LaneKind, subIndex: number): string {
  return `${kind}/${subIndex}`;
}

function partKey(list: PartList, index: number): string {
  return `${list}/${index}`;
}

/** A string that an event or an item brought, null where it brought none. */
export function idOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
