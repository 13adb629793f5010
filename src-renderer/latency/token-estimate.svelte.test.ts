import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { EventIndex } from '../../src-core/index/event-index.ts';
import { Indexer } from '../../src-core/index/indexer.ts';
import { text } from '../../src-core/testing/events.ts';
import { streamOf } from '../../src-core/testing/streams.ts';
import { TokenEstimate } from './token-estimate.svelte.ts';
import type { TokenQuestion } from './tokens.worker.ts';

/** A worker that counts when it is told to. */
class HeldWorker extends EventTarget {
  questions: string[][] = [];
  terminated = false;
  postMessage({ pieces }: TokenQuestion) {
    this.questions.push(pieces);
  }
  answer() {
    const counts = this.questions.shift()!.map((piece) => countTokens(piece));
    this.dispatchEvent(new MessageEvent('message', { data: { counts } }));
  }
  answerAll() {
    while (this.questions.length > 0) this.answer();
  }
  terminate() {
    this.terminated = true;
  }
}

function estimating() {
  const index = new EventIndex();
  const indexer = new Indexer();
  let atUs = 0;
  const worker = new HeldWorker();
  const estimate = new TokenEstimate(index, () => worker as unknown as Worker);
  const write = (...deltas: string[]) => {
    indexer.push(streamOf(deltas.map((delta) => text(delta))), (atUs += 1000));
    index.append(indexer.takeBatch());
  };
  return { worker, estimate, write };
}

const sentence = 'The quick brown fox jumps over the lazy dog; 42 times, they say. ';

test('a text that grows is counted on from where it was', () => {
  const { worker, estimate, write } = estimating();
  let whole = '';
  for (let round = 0; round < 12; round++) {
    const delta = sentence.repeat(20);
    write(delta);
    whole += delta;
    estimate.update();
    worker.answerAll();
    expect(estimate.result).toEqual({
      source: 'estimate',
      output: countTokens(whole),
      text: countTokens(whole),
      reasoning: 0,
    });
  }
});

test('what was counted for good is not sent again', () => {
  const { worker, estimate, write } = estimating();
  write(sentence.repeat(100));
  estimate.update();
  worker.answerAll();
  write('more');
  estimate.update();
  const sent = worker.questions.flat().join('');
  expect(sent.endsWith('more')).toBe(true);
  expect(sent.length).toBeLessThan(4100);
});

test('one question is asked at a time, and what came meanwhile next', () => {
  const { worker, estimate, write } = estimating();
  write('one');
  estimate.update();
  write(' two');
  estimate.update();
  estimate.update();
  expect(worker.questions).toEqual([['one']]);
  worker.answer();
  // Before the space nothing can change any more.
  expect(worker.questions).toEqual([['one', ' two']]);
  worker.answer();
  expect(estimate.result?.output).toBe(countTokens('one two'));
});

test('of a very long text the first two million characters are counted, and it says so', () => {
  const { worker, estimate, write } = estimating();
  const words = 'word '.repeat(50_000);
  for (let round = 0; round < 10; round++) write(words);
  estimate.update();
  worker.answerAll();
  expect(estimate.result?.counted).toEqual({ characters: 2_000_000, of: 2_500_000 });
  // A word of four letters and its space are one token; the first has no space before it.
  expect(estimate.result?.output).toBe(400_001);
});

test('a tokenizer that does not load is told of, and not asked again', () => {
  const { worker, estimate, write } = estimating();
  write('one');
  estimate.update();
  worker.dispatchEvent(new Event('error'));
  expect([estimate.failed, estimate.result, worker.terminated]).toEqual([true, null, true]);
  estimate.update();
  expect(worker.questions).toHaveLength(1);
});
