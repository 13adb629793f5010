import { parseWatch } from '../../src-core/watch/expression.ts';
import type { compileQuery } from '../watch/path-query.ts';

/** What is wrong with an entry, and where; null for nothing. */
export type Check = (text: string) => { message: string; start: number; end: number } | null;

/** The package that reads JSONPath, once one was typed. */
let reader = $state.raw<{ compileQuery: typeof compileQuery } | null>(null);
let isAskedFor = false;

/** Of a watch. Reactive: what is wrong with a JSONPath is known when its reader is here. */
export const checkExpression: Check = (text) => {
  if (text.trim() === '') return null;
  const parsed = parseWatch(text);
  if (!parsed.ok) return parsed.error;
  if (parsed.expression.kind !== 'query') return null;
  if (!reader) {
    if (!isAskedFor) void import('../watch/path-query.ts').then((module) => (reader = module));
    isAskedFor = true;
    return null;
  }
  const compiled = reader.compileQuery(parsed.expression.query, text.indexOf('$'));
  return compiled.ok ? null : compiled.error;
};
