import type { Pace } from '../../src-core/replay/pace.ts';
import { UsageError } from '../failure.ts';

const ADVICE =
  'It is recorded, instant, a factor (2, 0.5x: twice, half as fast), or a rate (20/s, 5chunks/s).';

/**
 * When what is served leaves: `recorded`, `instant`, `4`, `0.5x`, `20/s`, `5chunks/s`.
 * @throws UsageError
 */
export function speedOf(text: string, jitter: number, seed: number): Pace {
  if (text === 'recorded') return { kind: 'recorded', factor: 1 };
  if (text === 'instant') return { kind: 'instant' };
  const [, amount, unit] = /^(\d{1,6}(?:\.\d{1,4})?)(x|\/s|events\/s|chunks\/s)?$/.exec(text) ?? [];
  if (amount === undefined) throw refused(text, ADVICE);
  const value = Number(amount);
  const isRate = unit?.endsWith('/s') ?? false;
  const most = isRate ? 100_000 : 1000;
  if (value < 0.01 || value > most) throw refused(text, `It goes from 0.01 to ${most}.`);
  if (!isRate) return { kind: 'recorded', factor: value };
  const of = unit === 'chunks/s' ? 'chunks' : 'events';
  return { kind: 'rate', perSecond: value, unit: of, jitter, seed };
}

function refused(text: string, advice: string): UsageError {
  return new UsageError(`--speed can't be ${JSON.stringify(text)}.`, advice);
}
