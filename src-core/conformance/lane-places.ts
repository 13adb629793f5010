import type { LaneKind } from '../index/batch.ts';
import type { PartList } from './item-facts.ts';

/** The type of the parts, where it stands in one. */
export const PART_OF_LANE: Readonly<Partial<Record<LaneKind, string>>> = {
  output_text: 'output_text',
  refusal: 'refusal',
  reasoning_text: 'reasoning_text',
  reasoning_summary: 'summary_text',
};

/** The lanes that stand in the elements of a list. */
export const LANES_OF: Readonly<Record<PartList, readonly LaneKind[]>> = {
  content: ['output_text', 'refusal', 'reasoning_text'],
  summary: ['reasoning_summary'],
  output: ['shell_stdout', 'shell_stderr'],
};

/** The type of the items that have parts of a type. */
export const ITEM_OF_PART: Readonly<Record<string, string>> = {
  output_text: 'message',
  refusal: 'message',
  reasoning_text: 'reasoning',
  summary_text: 'reasoning',
};
