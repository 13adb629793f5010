import { isObject } from '../json.ts';
import type { ResponseFacts } from './response-facts.ts';
import type { Report, Rule } from './rule.ts';
import { toolOf } from './tool-types.ts';

/** How the tools that a server runs report their progress. */
export const TOOL_RULES: readonly Rule<ResponseFacts>[] = [
  {
    dialects: ['responses'],
    id: 'T1',
    title: 'a tool is in progress, at work, then over',
    level: 'observed',
    severity: 'warning',
    basis:
      '65 of 66 tool calls in the recordings; in all of them the status never goes back. An approved MCP call repeats `in_progress`; searches of an Azure preview leave `completed` out.',
    clients:
      'The `stream()` helper of the `openai` package (6.49) sets the status of the item to the last one that came.',
    explanation:
      'The first status event of a tool is not `in_progress`, or one goes back (`searching` after `completed`), or the item is done as completed and its `completed` event never came. Told once for each item.',
    checks: {
      status: checkStatus,
      none: checkStatus,
      'item-done'({ item, event }, report) {
        if (!item?.isOpen || item.isImplied || item.isRankSaid || item.rank < 0 || item.rank > 1)
          return;
        if (!isObject(event.item) || event.item.status === 'incomplete') return;
        report(`response.${item.type}.completed or failed never came.`);
      },
    },
  },
];

const WORDS = ['the tool was in progress', 'the tool was at work', 'the tool was over'];

function checkStatus({ item, type }: ResponseFacts, report: Report): void {
  const tool = toolOf(type);
  if (!tool || !item?.isOpen || item.isImplied || item.isRankSaid) return;
  if (item.rank < 0 && tool.rank > 0)
    report(`expected response.${tool.itemType}.in_progress first, got ${type}`);
  else if (tool.rank < item.rank) report(`${type} comes after ${WORDS[item.rank]}.`);
  else return;
  item.isRankSaid = true;
}
