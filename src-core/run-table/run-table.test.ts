import { expect, test } from 'vitest';
import type { CaptureRun, CaptureSummary, RunFacts } from '../capture.ts';
import { RUN_CSV_HEADER, runsCsv } from './csv.ts';
import { filteredRows, runRows, sortedRows, totalsOf } from './rows.ts';

const facts = (more: Partial<RunFacts> = {}): RunFacts => ({
  verdict: 'valid',
  pointer: null,
  seq: null,
  certainSeq: null,
  schemaPath: null,
  message: '',
  errors: 0,
  firstTextUs: null,
  totalUs: null,
  inputTokens: null,
  outputTokens: null,
  ...more,
});
const run = (number: number, more: Partial<CaptureRun> = {}): CaptureRun => ({
  kind: 'run',
  schema: 's',
  version: 1,
  number,
  at: '2026-11-22T20:00:00.000Z',
  endpoint: 'Built-in replay',
  model: 'from-schema',
  planned: 'valid',
  facts: facts(),
  ...more,
});
const capture = (id: string, own: CaptureRun | null, checks?: CaptureRun[]): CaptureSummary => ({
  id,
  name: `capture ${id}`,
  createdAt: '',
  origin: 'request',
  status: 'completed',
  model: '',
  events: 0,
  bytes: 0,
  durationUs: 0,
  timed: true,
  problems: [],
  profile: null,
  bookmarks: 0,
  ...(own && { run: own }),
  ...(checks && { checks }),
});

const wrong = facts({
  verdict: 'invalid',
  pointer: '/age',
  seq: 13,
  certainSeq: 12,
  schemaPath: '#/properties/age/type',
  message: 'must be string, is "number", not text',
  errors: 1,
  firstTextUs: 331_250,
  totalUs: 552_000,
  inputTokens: 56,
  outputTokens: 16,
});
const rows = runRows(
  [
    capture('a', run(1, { facts: facts({ firstTextUs: 400_000, outputTokens: 4 }) })),
    capture('b', run(3, { facts: wrong, planned: 'violation' }), [
      run(4, { kind: 'check', version: 2, planned: null, facts: facts({ verdict: 'not JSON' }) }),
      run(9, { schema: 'other' }),
    ]),
    capture('c', run(2, { facts: null })),
    capture('d', null),
  ],
  's',
);
const numbers = (list: typeof rows) => list.map(({ run: { number } }) => number);

test('rows of a schema are its runs and checks, the newest first', () => {
  expect(numbers(rows)).toEqual([4, 3, 2, 1]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
});

test('sorting leaves what has no value for the end', () => {
  expect(numbers(sortedRows(rows, 'firstText', false))).toEqual([3, 1, 4, 2]);
  expect(numbers(sortedRows(rows, 'firstText', true))).toEqual([1, 3, 4, 2]);
  expect(numbers(sortedRows(rows, 'number', false))).toEqual([1, 2, 3, 4]);
  expect(numbers(sortedRows(rows, 'version', true))).toEqual([4, 3, 2, 1]);
});

test('a filter asks for the verdict and for words anywhere', () => {
  expect(numbers(filteredRows(rows, 'invalid', ''))).toEqual([3]);
  expect(numbers(filteredRows(rows, '', '/AGE must'))).toEqual([3]);
  expect(numbers(filteredRows(rows, '', 'v2'))).toEqual([4]);
  expect(numbers(filteredRows(rows, 'valid', '/age'))).toEqual([]);
});

test('totals count what was judged; the median is a time that occurred', () => {
  expect(totalsOf(rows)).toEqual({
    judged: 3,
    valid: 1,
    medianFirstTextUs: 331_250,
    outputTokens: 20,
  });
  expect(totalsOf([])).toMatchObject({ judged: 0, medianFirstTextUs: null });
});

test('a CSV file has quotes where they are needed, and no formulas', () => {
  const evil = run(5, {
    endpoint: '=HYPERLINK("http://x","y")',
    model: '-1+2',
    facts: facts({ verdict: 'failed', message: 'line\r\nbreak' }),
  });
  const text = runsCsv([rows[1]!, ...runRows([capture('e', evil)], 's')]);
  expect(text).toBe(
    `${RUN_CSV_HEADER}\r\n` +
      '3,run,2026-11-22T20:00:00.000Z,1,invalid,/age,13,12,#/properties/age/type,1,' +
      '"must be string, is ""number"", not text",Built-in replay,from-schema,violation,331.25,552,56,16,b\r\n' +
      '5,run,2026-11-22T20:00:00.000Z,1,failed,,,,,0,"line\r\nbreak",' +
      '"\'=HYPERLINK(""http://x"",""y"")",\'-1+2,valid,,,,,e\r\n',
  );
});
