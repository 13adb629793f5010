import { isObject, type JsonValue } from '../json.ts';

/** Values nested deeper than this count as equal from there on: they would exhaust the stack. */
const DEEPEST = 200;

/** Encrypted and signed anew at added, done and final: recordings never agree on them. */
const IGNORED = new Set(['encrypted_content', 'fingerprint']);

/**
 * A 32-bit number that equal JSON values share. The order of members does not count, nor do members
 * that are null, nor those that servers make anew each time. It stands for a value that is to be
 * compared later, so that it need not be kept.
 */
export function fingerprint(value: JsonValue | undefined, depth = 0): number {
  if (typeof value === 'string') return ofText(value, 1);
  if (typeof value !== 'object' || value === null) return ofText(String(value ?? null), 2);
  if (depth > DEEPEST) return 3;
  let sum = Array.isArray(value) ? 4 : 5;
  if (Array.isArray(value)) {
    for (const element of value) sum = mixed(sum, fingerprint(element, depth + 1));
    return mixed(sum, value.length);
  }
  for (const [name, member] of Object.entries(value)) {
    if (member === null || member === undefined || IGNORED.has(name)) continue;
    sum = (sum + mixed(ofText(name, 6), fingerprint(member, depth + 1))) | 0;
  }
  return sum;
}

/** The fingerprints of an object's members. */
export function memberPrints(value: JsonValue | undefined): Map<string, number> {
  const prints = new Map<string, number>();
  if (!isObject(value)) return prints;
  for (const [name, member] of Object.entries(value)) {
    if (member !== null && member !== undefined && !IGNORED.has(name))
      prints.set(name, fingerprint(member));
  }
  return prints;
}

/** The names of the members in which a value is not the one that has these fingerprints. */
export function differingMembers(
  prints: ReadonlyMap<string, number>,
  value: JsonValue | undefined,
): string[] {
  const others = memberPrints(value);
  const names = new Set([...prints.keys(), ...others.keys()]);
  return [...names].filter((name) => prints.get(name) !== others.get(name));
}

function ofText(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995);
  return mixed(hash, text.length);
}

function mixed(a: number, b: number): number {
  const product = Math.imul(a ^ (b >>> 15) ^ b, 0x9e3779b1);
  return (product ^ (product >>> 13)) | 0;
}
