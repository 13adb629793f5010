import type { Alignment } from '../../src-core/compare/alignment.ts';
import type { KeyColumns } from '../../src-core/compare/event-keys.ts';
import type { TextDifference } from '../../src-core/compare/text-diff.ts';

/** What the worker of the Compare view is asked, and what it answers. */
export interface CompareQuestions {
  align: {
    ask: { a: KeyColumns; b: KeyColumns; open: { a: boolean; b: boolean } };
    answer: Alignment;
  };
  text: { ask: { a: string; b: string; by: 'words' | 'lines' }; answer: TextDifference };
}
export type QuestionKind = keyof CompareQuestions;

export type CompareQuestion = {
  [Kind in QuestionKind]: { number: number; kind: Kind; ask: CompareQuestions[Kind]['ask'] };
}[QuestionKind];

export interface CompareAnswer {
  number: number;
  answer: CompareQuestions[QuestionKind]['answer'];
}
