/** Aligns events and compares texts beside the page: both may take longer than a frame. */
import { diffArrays } from 'diff';
import { alignEvents } from '../../src-core/compare/alignment.ts';
import { diffText } from '../../src-core/compare/text-diff.ts';
import type { CompareAnswer, CompareQuestion } from './compare-questions.ts';

addEventListener('message', ({ data }: MessageEvent<CompareQuestion>) => {
  const answer: CompareAnswer = { number: data.number, answer: answerTo(data) };
  postMessage(answer);
});

function answerTo(question: CompareQuestion): CompareAnswer['answer'] {
  if (question.kind === 'align') {
    const { a, b, open } = question.ask;
    return alignEvents(a, b, diffArrays, open);
  }
  const { a, b, by } = question.ask;
  return diffText(a, b, by, diffArrays);
}
