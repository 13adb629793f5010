import { UsageError } from '../failure.ts';
import type { Values } from './option.ts';

const UNITS: Record<string, number> = { us: 1, ms: 1000, s: 1_000_000, m: 60_000_000 };

/**
 * The time that an option gives, as `800ms`, `1.5s`, `2m`, or milliseconds without a unit.
 * @returns microseconds; undefined where the option was not given
 * @throws UsageError
 */
export function durationOf(values: Values, name: string): number | undefined {
  const text = values.value(name);
  if (text === undefined) return undefined;
  const [, amount, unit = 'ms'] = /^(\d{1,9}(?:\.\d{1,6})?)\s*(us|ms|s|m)?$/.exec(text) ?? [];
  if (amount === undefined)
    throw notOne(
      name,
      text,
      'It is a time such as 800ms, 1.5s or 2m; without a unit milliseconds.',
    );
  return Math.round(Number(amount) * UNITS[unit]!);
}

/** `800 ms`, `1.5 s`: a time for people, to the millisecond. */
export function durationText(us: number): string {
  const ms = us / 1000;
  if (ms < 1000) return `${Number(ms.toFixed(ms < 10 ? 2 : 0))} ms`;
  return `${Number((ms / 1000).toFixed(3))} s`;
}

/**
 * The whole number that an option gives.
 * @throws UsageError
 */
export function countOf(values: Values, name: string, most = 1e9): number | undefined {
  const text = values.value(name);
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text) && Number(text) <= most) return Number(text);
  throw notOne(name, text, `It is a whole number from 0 to ${most}.`);
}

/**
 * The part of one that an option gives, from 0 to 1.
 * @throws UsageError
 */
export function fractionOf(values: Values, name: string): number | undefined {
  const text = values.value(name);
  if (text === undefined) return undefined;
  if (/^(?:0?\.\d{1,6}|[01](?:\.0{1,6})?)$/.test(text)) return Number(text);
  throw notOne(name, text, 'It is a number from 0 to 1.');
}

/** From the least to the most, both included. */
export interface Range {
  least: number;
  most: number;
}

/**
 * The range that an option gives: `9`, `5..`, `..100`, `5..100`.
 * @throws UsageError
 */
export function rangeOf(values: Values, name: string): Range | undefined {
  const text = values.value(name);
  if (text === undefined) return undefined;
  const [all, from, dots, to] = /^(\d{0,9})(\.\.)?(\d{0,9})$/.exec(text) ?? [];
  const range = dots
    ? { least: from ? Number(from) : 0, most: to ? Number(to) : Infinity }
    : { least: Number(from), most: Number(from) };
  if (all === undefined || (!from && !to) || range.least > range.most)
    throw notOne(name, text, 'It is a number, or a range such as 5.., ..100 or 5..100.');
  return range;
}

/** `9`, `5 or more`, `at most 100`, `5 to 100`. */
export function rangeText({ least, most }: Range): string {
  if (least === most) return String(least);
  if (most === Infinity) return `${least} or more`;
  return least === 0 ? `at most ${most}` : `${least} to ${most}`;
}

function notOne(name: string, text: string, advice: string): UsageError {
  return new UsageError(`--${name} can't be ${JSON.stringify(text)}.`, advice);
}
