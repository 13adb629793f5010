import type { FactDifference } from './table.ts';
import type { FactUnit, FactValue } from './facts.ts';

/** A value of a comparison's table: times in ms; `-` for what is not known. */
export function factText(value: FactValue, unit: FactUnit): string {
  if (value === null) return '-';
  if (typeof value === 'string') return value;
  if (unit === 'us') return `${fixed(value / 1000)} ms`;
  return unit === 'rate' ? `${fixed(value)}/s` : value.toLocaleString('en');
}

/** How it differs from the first: `+12.5 ms (+8.1%)`; '' where it does not. */
export function differenceText(difference: FactDifference | null, unit: FactUnit): string {
  if (!difference) return '';
  const { delta, percent } = difference;
  if (delta === null) return 'other';
  const sign = delta > 0 ? '+' : '−';
  const amount = sign + factText(Math.abs(delta), unit);
  return percent === null ? amount : `${amount} (${sign}${percentText(Math.abs(percent))})`;
}

function percentText(percent: number): string {
  if (percent >= 1000) return `${Math.round(percent).toLocaleString('en')}%`;
  return `${percent.toFixed(percent < 10 ? 1 : 0)}%`;
}

function fixed(value: number): string {
  const digits = value >= 1000 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
