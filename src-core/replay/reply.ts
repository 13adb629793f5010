/** Some bytes of a body, and when they leave, in microseconds since the head has left. */
export interface Portion {
  bytes: Uint8Array;
  atUs: number;
}

/**
 * How a body ends on the connection. `end`: as HTTP has it. `fin`: the connection is closed before the
 * body is over. `rst`: it is reset. `open`: nothing more comes, and it stays open until the client goes.
 */
export type Ending = 'end' | 'fin' | 'rst' | 'open';

/**
 * What a replay server writes: the recording, then its times by a `Pace`, then what faults made of it. Each
 * step is a pure function from one reply to the next. A portion is one write.
 */
export interface Reply {
  status: number;
  statusText: string;
  /** In the order and case they are sent in; those that belong to the connection are left out. */
  headers: [name: string, value: string][];
  /** Microseconds from the whole request to the head; Infinity: it never comes, and nothing is answered. */
  headAtUs: number;
  portions: Portion[];
  ending: Ending;
  /** How the body is compressed on its way: flushed after each portion, or at the end; left out: not at all. */
  gzip?: 'each write' | 'end';
}
