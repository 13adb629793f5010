import type { FilterError } from '../../src-core/filter/syntax.ts';

/** An error with its place, counted from 1 as people do. */
export function errorText({ start, message }: FilterError): string {
  return `character ${start + 1}: ${message}`;
}
