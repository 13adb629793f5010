import { expect, test } from 'vitest';
import { parseFilter } from '../../src-core/filter/filter.ts';
import type { Problem, Severity } from '../../src-core/problem.ts';
import type { CaptureProblems } from './capture-problems.svelte.ts';
import { ListedProblems } from './listed-problems.svelte.ts';
import { queryOf } from './problem-query.ts';
import { problemsAsTable, problemsAsText } from './problem-text.ts';

const problem = (seq: number, rule: string, severity: Severity, message = ''): Problem => ({
  ...{ rule, severity, seq, message, start: seq * 100, end: seq * 100 + 50 },
});
const ALL = [
  problem(2, 'F4', 'error', 'expected sequence_number 2 after 1, got 3'),
  problem(2, 'L4', 'warning', 'another id'),
  problem(5, 'F4', 'error', 'expected sequence_number 5 after 4, got 9'),
  problem(6, 'W2', 'note', 'lines end with CRLF'),
  problem(12, 'X1', 'error', 'the item differs'),
];
const SILENCED = problem(3, 'T1', 'note', 'no such tool');

/** A capture of ten events: what belongs to event 12 has come before its event. */
function listing(): ListedProblems {
  const problems = {
    standing: ALL,
    all: [...ALL.slice(0, 2), SILENCED, ...ALL.slice(2)],
    rules: ['F4', 'X1', 'L4', 'W2', 'T1'].map((rule) => ({ rule, severity: 'error', count: 9 })),
  } as unknown as CaptureProblems;
  return new ListedProblems({ problems, count: 10 });
}
const rules = (problems: readonly Problem[]) => problems.map(({ rule, seq }) => `${rule} ${seq}`);

test('severities, a rule and words leave problems out, and all come back at once', () => {
  const listed = listing();
  listed.toggle('warning');
  listed.toggle('note');
  expect(rules(listed.passing)).toEqual(['F4 2', 'F4 5', 'X1 12']);
  listed.rule = 'F4';
  expect(rules(listed.passing)).toEqual(['F4 2', 'F4 5']);
  listed.text = ' GOT expected 9 ';
  expect(rules(listed.passing)).toEqual(['F4 5']);
  listed.showAll();
  expect(listed.passing).toEqual(ALL);
});

test('silenced ones are listed only when they are asked for, and no key steps to them', () => {
  const listed = listing();
  expect(listed.shown).toHaveLength(5);
  listed.showsSilenced = true;
  expect(rules(listed.shown)).toEqual(['F4 2', 'L4 2', 'T1 3', 'F4 5', 'W2 6', 'X1 12']);
  expect(listed.beside(2, 1)).toBe(5);
});

test('steps go from event to event among what is listed', () => {
  const listed = listing();
  expect([0, 2, 5, 6, 9].map((seq) => listed.beside(seq, 1))).toEqual([2, 5, 6, 9, null]);
  expect([9, 6, 5, 2, 0].map((seq) => listed.beside(seq, -1))).toEqual([6, 5, 2, null, null]);
  listed.toggle('error');
  expect([0, 2, 6].map((seq) => listed.beside(seq, 1))).toEqual([2, 6, null]);
});

test('a row a rule counts what is listed of it, and unfolds', () => {
  const listed = listing();
  listed.toggle('note');
  const names = () =>
    listed.grouped.map((row) =>
      row.kind === 'rule' ? `${row.found.rule} × ${row.listed}` : `  #${row.problem.seq}`,
    );
  expect(names()).toEqual(['F4 × 2', 'X1 × 1', 'L4 × 1']);
  listed.toggleRule('F4');
  expect(names()).toEqual(['F4 × 2', '  #2', '  #5', 'X1 × 1', 'L4 × 1']);
});

test('what is listed is a filter of events that can be read', () => {
  const listed = listing();
  expect(queryOf(listed)).toBe('problem');
  listed.toggle('note');
  expect(queryOf(listed)).toBe('problem:error or problem:warning');
  listed.rule = 'F4';
  expect(queryOf(listed)).toBe('problem:F4 (problem:error or problem:warning)');
  listed.text = 'expected';
  expect(queryOf(listed)).toBe('seq:2 or seq:5');
  listed.rule = null;
  for (const severity of ['error', 'warning'] as const) listed.toggle(severity);
  listed.text = '';
  expect(queryOf(listed)).toBeNull();
  for (const query of ['problem:F4 (problem:error or problem:warning)', 'seq:2 or seq:5'])
    expect(parseFilter(query).ok).toBe(true);
});

test('they are copied as lines for people, and as a table that a tab does not break', () => {
  expect(problemsAsText('broken.sse', ALL.slice(0, 1))).toBe(
    'Problems of broken.sse:\n' +
      'error F4 at event 2, bytes 200 to 250: expected sequence_number 2 after 1, got 3\n',
  );
  const table = problemsAsTable([problem(1, 'W3', 'warning', 'a\tb\nc')]).split('\n');
  expect(table[1]!.split('\t')).toEqual([
    'warning',
    'W3',
    expect.any(String),
    '1',
    '100',
    '150',
    'a b c',
  ]);
  expect(table[0]!.split('\t')).toHaveLength(7);
  expect(table[2]).toBe('');
});
