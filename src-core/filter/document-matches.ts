import { NumberList } from '../index/columns.ts';
import type { EventFacts } from './filter.ts';
import type { GrowingDocument } from '../growing/growing-document.ts';
import { arrayIndexOf } from '../growing/pointer.ts';

/** Whether the event that wrote `[from, to)` of a lane's text did something to a value of its JSON. */
export type WriteTest = (lane: number, from: number, to: number) => boolean;

/** The values at a path in the document of a lane, as far as its happenings were read. */
interface Followed {
  rows: number;
  /** How long the text was at the last happening that was read. */
  read: number;
  /** The nodes on the way to the path, and how many of its keys lead to each. */
  depths: Map<number, number>;
  /** Where the values or their keys begin, ascending, and their nodes. */
  begins: NumberList;
  nodes: number[];
  /** How long the text was when one began, or when one was closed that counts. */
  opened: NumberList;
  closed: NumberList;
}

/**
 * Follows the values at a path through the documents of a capture: each happening of a document is
 * read once, whatever is asked.
 */
export class PathFollower {
  readonly #facts: EventFacts;
  readonly #path: readonly string[];
  readonly #counts: (text: string) => boolean;
  readonly #lanes = new Map<number, Followed>();

  /** @param counts whether a value that is closed, as JSON text, counts as one. */
  constructor(facts: EventFacts, path: readonly string[], counts = (_text: string) => true) {
    this.#facts = facts;
    this.#path = path;
    this.#counts = counts;
  }

  /** The event wrote characters of a value or its key, or of what is in it. */
  readonly writes: WriteTest = (lane, from, to) => {
    const document = this.#facts.documents.of(lane);
    const followed = document && this.#follow(lane, document, to);
    if (!followed) return false;
    const row = followed.begins.countUpTo(to - 1) - 1;
    if (row < 0) return false;
    const end = document.endOf(followed.nodes[row]!);
    if (end >= 0) return end > from;
    // An open value goes on to the end of what is JSON.
    return document.brokenAt < 0 || document.brokenAt > from;
  };

  readonly opens: WriteTest = (lane, from, to) => this.#happens('opened', lane, from, to);
  readonly closes: WriteTest = (lane, from, to) => this.#happens('closed', lane, from, to);

  /**
   * The first event of which it can't be said yet whether it `writes`: the key that it began is open
   * and may become the one that is asked for. Infinity where there is none.
   */
  undecidedFrom(): number {
    const { index, documents } = this.#facts;
    let first = Infinity;
    for (const number of index.lanesAt(index.count)) {
      const document = documents.of(number);
      const begin = document ? this.#openKeyAt(number, document) : -1;
      if (begin < 0) continue;
      const { seqs, ends } = index.lanes[number]!;
      first = Math.min(first, seqs.at(ends.countUpTo(begin)));
    }
    return first;
  }

  #openKeyAt(lane: number, document: GrowingDocument): number {
    const last = document.nodeCount - 1;
    const range = last >= 0 && document.brokenAt < 0 ? document.keyRangeOf(last) : null;
    if (!range || range[1] >= 0) return -1;
    const above = this.#follow(lane, document, document.length).depths.get(document.parentOf(last));
    if (above === undefined || above + 1 !== this.#path.length) return -1;
    const wanted = this.#path[above]!;
    return wanted === '*' || wanted.startsWith(document.keyOf(last)) ? range[0] : -1;
  }

  #happens(what: 'opened' | 'closed', lane: number, from: number, to: number): boolean {
    const document = this.#facts.documents.of(lane);
    if (!document) return false;
    const lengths = this.#follow(lane, document, to)[what];
    return lengths.countUpTo(to) > lengths.countUpTo(from);
  }

  /**
   * Reads what happened in the first `length` units, and the one happening after that: it tells of a
   * key that was open then. Not all at once, as there may be a million of them.
   */
  #follow(lane: number, document: GrowingDocument, length: number): Followed {
    let followed = this.#lanes.get(lane);
    if (!followed) {
      followed = {
        rows: 0,
        read: 0,
        depths: new Map(),
        begins: new NumberList(),
        nodes: [],
        opened: new NumberList(),
        closed: new NumberList(),
      };
      this.#lanes.set(lane, followed);
    }
    const { happenings } = document;
    for (; followed.rows < happenings.count && followed.read <= length; followed.rows++) {
      const node = happenings.nodeOf(followed.rows);
      const happened = happenings.lengthOf(followed.rows);
      followed.read = happened;
      if (this.#depthOf(document, node, followed) !== this.#path.length) continue;
      const kind = happenings.kindOf(followed.rows);
      if (kind === 'value-opened') followed.opened.push(happened);
      else if (kind === 'value-closed') {
        const text = this.#facts.index.lanes[lane]!.text;
        if (this.#counts(text.slice(document.startOf(node), document.endOf(node))))
          followed.closed.push(happened);
      }
    }
    return followed;
  }

  /** How many keys of the path lead to a node, -1 if it is not on the way. */
  #depthOf(document: GrowingDocument, node: number, followed: Followed): number {
    const known = followed.depths.get(node);
    if (known !== undefined) return known;
    const parent = document.parentOf(node);
    let depth = 0;
    if (parent >= 0) {
      const above = followed.depths.get(parent);
      if (above === undefined || above >= this.#path.length) return -1;
      if (!this.#leadsTo(document, parent, node, this.#path[above]!)) return -1;
      depth = above + 1;
    }
    followed.depths.set(node, depth);
    if (depth === this.#path.length) {
      followed.begins.push(document.keyRangeOf(node)?.[0] ?? document.startOf(node));
      followed.nodes.push(node);
    }
    return depth;
  }

  #leadsTo(document: GrowingDocument, parent: number, node: number, key: string): boolean {
    if (key === '*') return true;
    return document.kindOf(parent) === 'array'
      ? document.indexOf(node) === arrayIndexOf(key)
      : document.keyOf(node) === key;
  }
}
