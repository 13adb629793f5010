export type Severity = 'error' | 'warning' | 'note';

/** Something wrong or remarkable in a capture, tied to an event and to bytes. */
export interface Problem {
  /** The rule's id: see `docs/wire-format.md`. */
  rule: string;
  severity: Severity;
  /** The event it belongs to; for what lies between events, the one that follows. */
  seq: number;
  /** Byte range in the body. */
  start: number;
  end: number;
  /** One sentence with the facts of the case. */
  message: string;
}
