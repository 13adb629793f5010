/** From the worst on. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something wrong or remarkable in a capture, tied to an event and to bytes. */
export interface Problem {
  /** The rule's id: see `docs/rules.md`. */
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

/** How many problems of a rule a capture has, those included that are too many to be listed. */
export interface ProblemTally {
  rule: string;
  severity: Severity;
  count: number;
}
