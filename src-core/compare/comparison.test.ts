import { diffArrays } from 'diff';
import { describe, expect, it } from 'vitest';
import { DeltaLog } from '../latency/delta-log.ts';
import { reportOf } from '../latency/report.ts';
import { usageOfCapture } from '../latency/usage.ts';
import { bytesOf, chatOf, comparedBytes, streamOf } from '../testing/compared-bytes.ts';
import { compareCaptures, comparisonJson } from './comparison.ts';
import { comparisonText } from './comparison-text.ts';
import { factsOf } from './facts.ts';
import { tableOf } from './table.ts';
import { textPairs } from './output.ts';

const person = bytesOf('seed-person.sse');
const other = new TextEncoder().encode(
  new TextDecoder().decode(person).replaceAll('Alice', 'Alicia'),
);

describe('the facts of a capture', () => {
  it.each([
    'seed-person.sse',
    'fantasy-azure-gpt-5-mini-thinking-streaming-0.sse',
    'prism-anthropic-stream-with-extended-thinking-1.sse',
    'fantasy-avian-kimi-multi-tool-streaming-0.sse',
  ])('of %s are those of the latency and usage modules', (name) => {
    const capture = comparedBytes(bytesOf(name));
    const { index, byteCount } = capture;
    const log = new DeltaLog(index);
    log.extend(Infinity);
    const meta = { timed: true, timing: null, end: null };
    const report = reportOf({ index, log, meta, byteCount, thresholdUs: 1_000_000 });
    const usage = usageOfCapture(index, capture, 10);
    const { values } = factsOf(capture);
    expect(values).toMatchObject({
      events: report.events,
      deltas: report.deltas,
      total: report.totalUs,
      gapP95: report.deltaGaps?.p95.us,
      gapMax: report.deltaGaps?.max.us,
      stalls: report.stalls.count,
      textCharacters: report.stretches.text.characters,
      inputTokens: usage?.inputTokens,
      outputTokens: usage?.outputTokens,
      reasoningTokens: usage?.reasoningTokens,
    });
  });

  it('of the seed are what its events say', () => {
    const { values } = factsOf(comparedBytes(person));
    // Counted in the file: 23 events, usage of response.completed, 14 deltas.
    expect(values).toMatchObject({ events: 23, bytes: 8960, responses: 1 });
    const text = new TextDecoder().decode(person);
    const counted = (name: string) => Number(new RegExp(`"${name}":\\s*(\\d+)`).exec(text)![1]);
    expect(values.inputTokens).toBe(counted('input_tokens'));
    expect(values.outputTokens).toBe(counted('output_tokens'));
    expect(values.totalTokens).toBe(counted('total_tokens'));
    expect(values.deltas).toBe(text.match(/event: response\.output_text\.delta/g)!.length);
  });
});

it('compares each capture of a table with the first, with percent', () => {
  const facts = factsOf(comparedBytes(person));
  const more = { ...facts, name: 'more', values: { ...facts.values, total: 3000, errors: 2 } };
  const base = { ...facts, values: { ...facts.values, total: 2000, errors: 0 } };
  const rows = tableOf([base, more, base]);
  const row = (fact: string) => rows.find((one) => one.fact === fact)!;
  expect(row('total').differences).toEqual([{ delta: 1000, percent: 50, isBetter: false }, null]);
  expect(row('errors').differences[0]).toEqual({ delta: 2, percent: null, isBetter: false });
  expect(rows.some(({ fact }) => fact === 'firstReasoning')).toBe(false);
});

it('says of neither that it is better where one did not complete, or where it is noise', () => {
  const { values } = factsOf(comparedBytes(person));
  const facts = (status: string, total: number) => ({
    name: 'one',
    values: { ...values, status, total },
  });
  const judged = (a: [string, number], b: [string, number]) =>
    tableOf([facts(...a), facts(...b)]).find(({ fact }) => fact === 'total')!.differences[0]!;
  expect(judged(['completed', 2000], ['completed', 1000]).isBetter).toBe(true);
  for (const status of ['aborted', 'failed', 'incomplete', 'disconnected', 'streaming']) {
    expect(judged(['completed', 2000], [status, 1000])).toMatchObject({
      percent: -50,
      isBetter: null,
    });
    expect(judged([status, 1000], ['completed', 2000]).isBetter).toBeNull();
  }
  expect(judged(['completed', 1000], ['completed', 1009]).isBetter).toBeNull();
  expect(judged(['completed', 1000], ['completed', 1010]).isBetter).toBe(false);
});

describe('two captures', () => {
  it('that are one have no difference', () => {
    const comparison = compareCaptures(comparedBytes(person), comparedBytes(person), diffArrays);
    expect(comparison.isSame).toBe(true);
    expect(comparison.differences).toEqual([]);
    expect(comparison.objects).toEqual([{ changes: [], count: 0 }]);
    expect(comparison.table.every(({ differences }) => differences[0] === null)).toBe(true);
  });

  it('with another value differ there', () => {
    const comparison = compareCaptures(comparedBytes(person), comparedBytes(other), diffArrays);
    expect(comparison.isSame).toBe(false);
    expect(comparison.texts[0]!.document?.changes.map(({ kind }) => kind)).toEqual(['changed']);
    const text = comparisonText(comparison);
    expect(text).toMatch(
      /^--- one\n\+\+\+ one\nevents: \d+ differences?: \d+ the same, \d+ changed\n/,
    );
    expect(JSON.parse(JSON.stringify(comparisonJson(comparison)))).toMatchObject({
      isSame: false,
      events: { lost: 0 },
    });
  });

  it('of two protocols have their texts compared, not their objects', () => {
    const anthropic = comparedBytes(
      bytesOf('fantasy-vertex-claude-3-7-sonnet-simple-streaming.sse'),
    );
    const { text } = anthropic.index.lanes[0]!;
    const chat = comparedBytes(streamOf(chatOf([`${text} More.`])));
    const { objects, texts } = compareCaptures(anthropic, chat, diffArrays);
    expect(objects).toBeNull();
    expect(texts).toHaveLength(1);
    expect(texts[0]!.text!.pieces).toEqual([
      { kind: 'same', text },
      { kind: 'inserted', text: ' More.' },
    ]);
  });

  it('of which one has no events', () => {
    const nothing = comparedBytes(new Uint8Array());
    const comparison = compareCaptures(comparedBytes(person), nothing, diffArrays);
    expect(comparison.alignment.counts.lost).toBe(23);
    expect(comparison.texts[0]).toMatchObject({ a: 0, b: null, isSame: false });
    expect(compareCaptures(nothing, nothing, diffArrays).isSame).toBe(true);
  });
});

it('pairs texts by kind and order where their addresses differ', () => {
  const tools = comparedBytes(bytesOf('fantasy-openai-gpt-4o-multi-tool-streaming-0.sse'));
  const chat = comparedBytes(bytesOf('fantasy-avian-kimi-multi-tool-streaming-0.sse'));
  const names = textPairs(tools.index, chat.index).map(({ a, b }) => [a !== null, b !== null]);
  // Both call two functions; only the second one has reasoning and text.
  expect(names.filter(([a, b]) => a && b)).toHaveLength(2);
  expect(names.filter(([a]) => !a).length).toBeGreaterThan(0);
});
