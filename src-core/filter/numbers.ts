import { FilterFault, type NumberColumn, type Relation, type Span } from './syntax.ts';

const TIME_UNITS = { us: 1, µs: 1, ms: 1000, s: 1_000_000, min: 60_000_000 };
/** In small letters: units count whatever their case. */
const UNITS: Record<NumberColumn, Record<string, number>> = {
  seq: {},
  item: {},
  chunk: {},
  t: TIME_UNITS,
  gap: TIME_UNITS,
  // Powers of ten, as everywhere in the interface.
  bytes: { b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6 },
};
/** What a number without a unit counts. */
const DEFAULT_UNIT = { seq: '', item: '', chunk: '', t: 'ms', gap: 'ms', bytes: 'B' } as const;

interface Quantity {
  value: number;
  /** Half of what the last written digit is worth. */
  half: number;
  unit: string;
}

/**
 * Reads `10`, `1.2s`, `10..20`, `10..`, `..20` after a column's colon, or a single number after a
 * comparison. Both ends of a range belong to it; the end of a range that has no unit takes the
 * other's. A time that is to be equal is so as far as it is written out.
 * @param at offset of `text` in the filter, for errors.
 */
export function spanOf(column: NumberColumn, relation: Relation, text: string, at: number): Span {
  const dots = text.indexOf('..');
  if (dots < 0) return compared(column, relation, quantityOf(column, text, at, ''));
  if (relation !== '=')
    throw new FilterFault(
      `a range follows a colon, as in ${column}:${text}`,
      at + dots,
      at + dots + 2,
    );
  const [low, high] = [text.slice(0, dots), text.slice(dots + 2)];
  if (low === '' && high === '')
    throw new FilterFault(`a range needs a number before or after ".."`, at, at + 2, true);
  const unitOf = (quantity: string) => /[^\d.]+$/.exec(quantity)?.[0] ?? '';
  const highAt = at + dots + 2;
  const from = low === '' ? null : quantityOf(column, low, at, unitOf(high));
  const to = high === '' ? null : quantityOf(column, high, highAt, unitOf(low));
  if (from && to && from.value > to.value)
    throw new FilterFault(`the range ends before it begins`, at, at + text.length);
  return {
    low: from?.value ?? -Infinity,
    lowOpen: false,
    high: to?.value ?? Infinity,
    highOpen: false,
  };
}

function compared(column: NumberColumn, relation: Relation, quantity: Quantity): Span {
  const { value, half } = quantity;
  const all = { low: -Infinity, lowOpen: false, high: Infinity, highOpen: false };
  switch (relation) {
    case '<':
      return { ...all, high: value, highOpen: true };
    case '<=':
      return { ...all, high: value };
    case '>':
      return { ...all, low: value, lowOpen: true };
    case '>=':
      return { ...all, low: value };
    default:
      if (column !== 't' && column !== 'gap') return { ...all, low: value, high: value };
      return { low: value - half, lowOpen: false, high: value + half, highOpen: true };
  }
}

function quantityOf(column: NumberColumn, text: string, at: number, unitBeside: string): Quantity {
  const [, digits, written] = /^(\d+(?:\.\d+)?)?(.*)$/s.exec(text)!;
  const units = UNITS[column];
  if (digits === undefined)
    throw new FilterFault(`"${text}" is no number${exampleOf(column)}`, at, at + text.length);
  const unit = written === '' ? unitBeside || DEFAULT_UNIT[column] : written!;
  const known = unit.toLowerCase();
  const factor = unit === '' ? 1 : Object.hasOwn(units, known) ? units[known]! : undefined;
  const unitAt = at + digits.length;
  if (factor === undefined && written === '') return quantityOf(column, text, at, '');
  if (factor === undefined)
    throw new FilterFault(
      /^[.\d]/.test(unit)
        ? `"${text}" is no number${exampleOf(column)}`
        : `"${unit}" is no unit of ${column}${listOf(column)}`,
      /^[.\d]/.test(unit) ? at : unitAt,
      at + text.length,
    );
  const value = Number(digits) * factor;
  if (!Number.isInteger(value) && Object.keys(units).length === 0)
    throw new FilterFault(`${column} is a whole number`, at, at + text.length);
  const decimals = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0;
  return { value, half: (factor * 10 ** -decimals) / 2, unit };
}

function exampleOf(column: NumberColumn): string {
  const examples = { t: '1.2s', gap: '200ms', bytes: '4k', seq: '10', item: '0', chunk: '17' };
  return `, such as ${examples[column]}`;
}

function listOf(column: NumberColumn): string {
  if (column === 'bytes') return ': B, k or kB, M or MB (powers of ten)';
  if (column === 't' || column === 'gap') return ': us, ms, s and min';
  return ', which has none';
}
