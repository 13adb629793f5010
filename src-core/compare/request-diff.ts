import type { CapturedRequest } from '../capture.ts';
import { diffJson, type JsonDifference } from '../diff-json.ts';
import { parseJson } from '../json.ts';

/** One header or part of the request line; null where one side has none. */
export interface NamedPair {
  name: string;
  a: string | null;
  b: string | null;
}

export interface RequestDifference {
  /** Method and address. */
  line: NamedPair[];
  /** By name, in lower case, in the order of A; values of one name are joined as RFC 9110 (5.3) has it. */
  headers: NamedPair[];
  /** Null where one of the bodies is no JSON: they are then compared as texts. */
  body: JsonDifference | null;
  /** Whether the bodies are the same text. */
  isSameBody: boolean;
}

/** Null where one of the captures has no request: it came from a file. */
export function diffRequests(
  a: CapturedRequest | null,
  b: CapturedRequest | null,
): RequestDifference | null {
  if (!a || !b) return null;
  const [bodyA, bodyB] = [parseJson(a.body), parseJson(b.body)];
  return {
    line: [
      { name: 'method', a: a.method, b: b.method },
      { name: 'url', a: a.url, b: b.url },
    ],
    headers: headerPairs(a, b),
    body: bodyA === undefined || bodyB === undefined ? null : diffJson(bodyA, bodyB),
    isSameBody: a.body === b.body,
  };
}

function headerPairs(a: CapturedRequest, b: CapturedRequest): NamedPair[] {
  const [ofA, ofB] = [byName(a), byName(b)];
  const names = new Set([...ofA.keys(), ...ofB.keys()]);
  return [...names].map((name) => ({ name, a: ofA.get(name) ?? null, b: ofB.get(name) ?? null }));
}

function byName({ headers }: CapturedRequest): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const known = values.get(key);
    values.set(key, known === undefined ? value : `${known}, ${value}`);
  }
  return values;
}
