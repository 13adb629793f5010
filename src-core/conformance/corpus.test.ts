import { describe, expect, test } from 'vitest';
import type { Problem } from '../problem.ts';
import { CORPUS_FINDINGS } from '../testing/corpus-findings.ts';
import { findingsIn } from '../testing/findings.ts';
import { recordedFacts, recordings } from '../testing/recordings.ts';

const all = (['.sse', '.jsonl', '.ndjson', '.json'] as const).flatMap((each) => recordings(each));

/** How often each rule is reported, with its severity. */
function counted(problems: readonly Problem[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule, severity } of problems) {
    const key = `${rule} ${severity}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${key} ${count}`).sort();
}

describe('the findings of each recording are those that were reviewed', () => {
  test.each(all.map(({ name, bytes }) => [name, bytes] as const))('%s', (name, bytes) => {
    const reviewed = (CORPUS_FINDINGS[name] ?? []).map(([rule, severity, count]) =>
      [rule, severity, count].join(' '),
    );
    expect(counted(findingsIn(bytes))).toEqual(reviewed.sort());
  });

  test('every row of the table is about a recording', () => {
    const names = new Set(all.map(({ name }) => name));
    expect(Object.keys(CORPUS_FINDINGS).filter((name) => !names.has(name))).toEqual([]);
  });
});

test("recordings of OpenAI's own servers have no error but what the server reports", () => {
  const ownServer = /server: (api\.openai\.com|wss:\/\/api\.openai\.com|openai|OpenAI)[;/]/;
  // What stands in other folders was damaged by its source.
  const own = recordedFacts().filter(
    ({ path, provenance, note }) =>
      path.startsWith('openai-') && provenance === 'recorded' && ownServer.test(note),
  );
  expect(own.length).toBeGreaterThan(30);
  const errors = own.flatMap(({ path }) =>
    (CORPUS_FINDINGS[path] ?? []).filter(
      ([rule, severity]) => severity === 'error' && rule !== 'W11',
    ),
  );
  expect(errors).toEqual([]);
});

test('recordings of the makers of the other dialects have no error but of their framing', () => {
  const own = recordedFacts().filter(
    ({ path, note }) =>
      /^(anthropic|gemini|ndjson)\//.test(path) && !/server: (v-gateway|ollama\.com)/.test(note),
  );
  expect(own.length).toBeGreaterThan(20);
  const errors = own.flatMap(({ path }) =>
    (CORPUS_FINDINGS[path] ?? []).filter(
      ([rule, severity]) => severity === 'error' && rule[0] !== 'W',
    ),
  );
  expect(errors).toEqual([]);
});
