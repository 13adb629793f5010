import type { LaneDocuments } from '../growing/lane-documents.ts';
import type { EventIndex } from '../index/event-index.ts';
import type { Problem } from '../problem.ts';
import { matcherOf } from './matcher.ts';
import { parseNodes } from './parser.ts';
import { type FilterError, FilterFault, type FilterNode } from './syntax.ts';

/** What a filter asks of a capture. */
export interface EventFacts {
  readonly index: EventIndex;
  readonly documents: LaneDocuments;
  dataText(seq: number): string;
  /** The listed problems of an event. */
  problemsOf(seq: number): readonly Problem[];
  hasBookmark(seq: number): boolean;
  /** Whether it is the first event after which an output can't become valid by its schema any more. */
  isInvalidFrom(seq: number): boolean;
  /** How many events the outputs are held against their schemas up to. */
  readonly judgedCount: number;
}

/** Whether an event passes. */
export interface EventTest {
  (seq: number): boolean;
  /**
   * The first event whose answer may still change while the stream goes on: it began a key of which
   * only the next events tell whether it is the one asked for. Infinity where there is none.
   */
  undecidedFrom?(): number;
  /**
   * Does a piece of what has to be read before an event can be answered at once: at most one execution
   * of a regular expression. Returns whether all is read. An answer that is asked for before reads all.
   */
  prepare?(seq: number): boolean;
  /** One answer may take as long as many of another test. */
  readonly isSlow?: boolean;
}

/** What is not in the event itself: `texts` are all that was written before it. */
type Read = 'problems' | 'bookmarks' | 'schemas' | 'texts';

/** A filter that can be asked about the events of any capture. */
export class Filter {
  readonly node: FilterNode;
  /** What its answers depend on beside the event itself, which never changes; nor do texts. */
  readonly reads: ReadonlySet<Read>;

  constructor(node: FilterNode) {
    this.node = node;
    this.reads = readsOf(node, new Set());
  }

  /**
   * The test of the events of a capture, in any order. What it has found out of a capture it keeps, so
   * asking one matcher about all events costs about one reading of the capture.
   */
  matcher(facts: EventFacts): EventTest {
    return matcherOf(this.node, facts);
  }
}

export type ParsedFilter =
  | { ok: true; filter: Filter | null /** null: nothing is asked, so every event passes */ }
  | { ok: false; error: FilterError };

/** Reads a filter as `docs/filter.md` describes it. Never throws. */
export function parseFilter(query: string): ParsedFilter {
  try {
    const node = parseNodes(query);
    return { ok: true, filter: node && new Filter(node) };
  } catch (error) {
    if (error instanceof FilterFault) return { ok: false, error: error.error };
    throw error;
  }
}

function readsOf(node: FilterNode, reads: Set<Read>): Set<Read> {
  if (node.kind === 'join') for (const part of node.nodes) readsOf(part, reads);
  else if (node.kind === 'not') readsOf(node.node, reads);
  else if (node.kind === 'problem') reads.add('problems');
  else if (node.kind === 'bookmark') reads.add('bookmarks');
  else if (node.kind === 'invalid') reads.add('schemas');
  else if (node.kind === 'lane-text' && node.pattern.kind === 'regex') reads.add('texts');
  return reads;
}
