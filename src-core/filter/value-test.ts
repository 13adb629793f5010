import { isObject, type JsonValue, parseJson } from '../json.ts';
import { patternTest, type TextTest } from './pattern.ts';
import type { Relation, ValueComparison } from './syntax.ts';

/** Whether a value, given as its JSON text, compares as asked. */
export function valueTest(comparison: ValueComparison): TextTest {
  if (comparison.relation === '~') {
    const holds = patternTest(comparison.pattern);
    return (text) => {
      const value = parseJson(text);
      return holds(typeof value === 'string' ? value : text);
    };
  }
  const { relation } = comparison;
  const operand = operandOf(comparison.with, comparison.quoted);
  return (text) => {
    const value = parseJson(text);
    return value !== undefined && compare(value, relation, operand);
  };
}

interface Operand {
  text: string;
  /** What it is beside a text, where it is not quoted: a number, true, false, null. */
  value: JsonValue | undefined;
}

function operandOf(text: string, quoted: boolean): Operand {
  const value = quoted ? undefined : parseJson(text);
  return { text, value: typeof value === 'object' && value !== null ? undefined : value };
}

function compare(value: JsonValue, relation: Relation, operand: Operand): boolean {
  const equals = value === operand.text || (operand.value !== undefined && value === operand.value);
  if (relation === '=') return equals;
  if (relation === '!=') return !equals;
  if (isObject(value) || Array.isArray(value)) return false;
  if (typeof value === 'number' && typeof operand.value === 'number')
    return ordered(value, relation, operand.value);
  // Texts by their code units, so that dates written as ISO 8601 are in order.
  if (typeof value === 'string' && typeof operand.value !== 'number')
    return ordered(value, relation, operand.text);
  return false;
}

function ordered<T extends number | string>(one: T, relation: Relation, other: T): boolean {
  if (relation === '<') return one < other;
  if (relation === '<=') return one <= other;
  if (relation === '>') return one > other;
  return one >= other;
}
