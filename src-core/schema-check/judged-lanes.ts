import type { IndexedLane } from '../index/event-index.ts';

/** What a schema is about: the text of the answer, or what the function of a name takes. */
export interface JudgedKind {
  kind: 'format' | 'tool';
  /** Of the function, where it is one. */
  name: string;
}

/**
 * Which of the lanes a schema judges, be it the one that they were asked for with or another: texts, or
 * the calls of its function; where there are none the outputs that there are.
 * @param among lanes of one response
 * @param functionOf the name of the function that a lane calls
 */
export function judgedLanes(
  lanes: readonly Pick<IndexedLane, 'kind' | 'text'>[],
  among: readonly number[],
  { kind, name }: JudgedKind,
  functionOf: (lane: number) => string,
): number[] {
  const written = among.filter((lane) => lanes[lane]!.text.trim() !== '');
  const texts = written.filter((lane) => lanes[lane]!.kind === 'output_text');
  const calls = written.filter((lane) => lanes[lane]!.kind === 'function_arguments');
  const named = calls.filter((lane) => functionOf(lane) === name);
  if (kind === 'format') return texts.length > 0 ? texts : calls;
  if (named.length > 0) return named;
  return calls.length > 0 ? calls : texts;
}
