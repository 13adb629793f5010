/** The parts of a filter, as the parser finds them. What they mean is in `docs/filter.md`. */
export type FilterNode =
  | { kind: 'join'; by: 'and' | 'or'; nodes: FilterNode[] }
  | { kind: 'not'; node: FilterNode }
  | FilterTerm;

export type FilterTerm =
  | { kind: 'word'; needle: string }
  | { kind: 'type' | 'lane'; glob: string }
  | { kind: 'text' | 'lane-text'; pattern: TextPattern }
  | { kind: 'pointer' | 'appears' | 'closes'; path: string[] }
  | { kind: 'value'; path: string[]; comparison: ValueComparison }
  | { kind: 'number'; column: NumberColumn; span: Span }
  /** A severity, or a rule's id as a glob; null for any problem. */
  | { kind: 'problem'; which: string | null }
  | { kind: 'broken' }
  | { kind: 'invalid' }
  | { kind: 'bookmark' };

/** What is compared as a number. Times are in microseconds, bytes are those of the whole frame. */
export type NumberColumn = 'seq' | 'item' | 'chunk' | 't' | 'gap' | 'bytes';

/** Numbers from `low` to `high`; each end belongs to it unless it is open. */
export interface Span {
  low: number;
  lowOpen: boolean;
  high: number;
  highOpen: boolean;
}

/** A needle is looked for whatever the case; a regular expression says so itself. */
export type TextPattern =
  { kind: 'needle'; needle: string } | { kind: 'regex'; source: string; flags: string };

export type Relation = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type ValueComparison =
  { relation: Relation; with: string; quoted: boolean } | { relation: '~'; pattern: TextPattern };

/** What is wrong with a filter, and where: UTF-16 offsets in its text. */
export interface FilterError {
  /** One sentence without a full stop. */
  message: string;
  start: number;
  end: number;
  /** The text ends too early: whoever types it may not be done. */
  unfinished: boolean;
}

/** Thrown by the parser's parts, and caught by `parseFilter`. */
export class FilterFault extends Error {
  readonly error: FilterError;

  constructor(message: string, start: number, end: number, unfinished = false) {
    super(message);
    this.error = { message, start, end, unfinished };
  }
}
