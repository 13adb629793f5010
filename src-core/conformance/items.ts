import { isObject, type JsonObject, type JsonValue, stringOf } from '../json.ts';
import { indexOf } from '../responses/router.ts';
import { idOf } from './item-facts.ts';
import { MAX_OTHER_IDS, type ResponseFacts } from './response-facts.ts';
import type { Check, Rule } from './rule.ts';
import { phrase } from './wording.ts';

const responses = { dialects: ['responses'] } as const;
const reducer = 'The `stream()` helper of the `openai` package';

/** Recordings add these whole, with the status `completed`. */
const ADDED_COMPLETED = new Set([
  'shell_call_output',
  'program_output',
  'tool_search_output',
  'function_call_output',
  'custom_tool_call_output',
  'computer_call_output',
  'apply_patch_call_output',
  'local_shell_call_output',
]);

/** How items are announced, addressed and closed. */
export const ITEM_RULES: readonly Rule<ResponseFacts>[] = [
  {
    ...responses,
    id: 'I1',
    title: 'output indexes count from 0',
    level: 'observed',
    severity: 'error',
    basis: 'All recordings of OpenAI: 0, 1, 2 … in the order in which items are added, none twice.',
    clients: `${reducer} 6.49 ignores the index of an added item and puts it at the end: after a gap or a repetition all later events go to the wrong item, or throw \`missing output at index N\`.`,
    explanation: 'An item is added at an index that another one has, or that is not the next one.',
    checks: {
      'item-added'({ item, outputIndex, nextItem, event, isJoined, items }, report) {
        if (indexOf(event.output_index) < 0) return;
        if (item && !item.isImplied)
          report(`output_index ${outputIndex} is added again; it is ${phrase(item.type)}`);
        else if (!item && outputIndex !== nextItem && !(isJoined && items.size === 0))
          report(`expected output_index ${nextItem} for the next item, got ${outputIndex}`);
      },
    },
  },
  {
    ...responses,
    id: 'I2',
    title: 'events of an item come between its added and its done',
    level: 'must',
    severity: 'error',
    basis: 'Open Responses; all 3,826 events with an `output_index` in the recordings of OpenAI.',
    clients: `${reducer} throws \`missing output at index N\` where the item was never added (6.49). Text that comes after the item is done is appended to it.`,
    explanation:
      'An event belongs to an item that was not added, or is done. Told once for each item. An event that should have an `output_index` and has none is told once a response: it is then taken for the item with its `item_id`, or the newest.',
    checks: addressed((facts, report) => {
      const { item, outputIndex, event, type, rule, isJoined } = facts;
      if (indexOf(event.output_index) < 0 && !facts.isIndexSaid) {
        facts.isIndexSaid = true;
        report(`${type} has no output_index.`);
        return;
      }
      if (rule?.op === 'item-added' || outputIndex < 0) return;
      if (!item) {
        if (!isJoined) report(`${type} is for output_index ${outputIndex}, which was not added.`);
      } else if (!item.isOpen && !item.isLateSaid)
        report(`${type} is for output_index ${outputIndex}, which is done.`);
    }),
  },
  {
    ...responses,
    id: 'I3',
    title: 'item_id is the id of the item',
    level: 'observed',
    severity: 'error',
    basis: 'All 3,730 events with an `item_id` in the recordings of OpenAI.',
    clients:
      '6.49 of the `openai` package goes by `output_index` and does not look; 7.57 throws. Programs that keep items by id lose the text.',
    explanation:
      'An event has another `item_id` than the item at its `output_index`, or none. The first three ids that are wrong are told for each item: there are proxies that make up a new one for each event.',
    checks: addressed(({ item, event, type, rule }, report) => {
      if (!item?.isOpen || rule?.op === 'item-added' || rule?.op === 'item-done') return;
      if (item.id === null) return;
      const id = idOf(event.item_id);
      if (id === null) {
        if (event.item_id === undefined && isOfShell(type)) return;
        if (item.otherIds.has('')) return;
        item.otherIds.add('');
        report(`${type} has no item_id, expected ${phrase(item.id)}`);
      } else if (id !== item.id && !item.otherIds.has(id)) {
        if (item.otherIds.size >= MAX_OTHER_IDS) return;
        item.otherIds.add(id);
        const isLast = item.otherIds.size === MAX_OTHER_IDS;
        report(
          `expected the item_id ${phrase(item.id)}, got ${phrase(id)}` +
            (isLast ? '; it goes on changing, which is not told again' : ''),
        );
      }
    }),
  },
  {
    ...responses,
    id: 'I4',
    title: 'an item is done as what it was added',
    level: 'observed',
    severity: 'error',
    basis:
      'All 110 items of the recordings agree in `id`, `type` and `call_id`; function and custom calls may get their id late.',
    clients: `${reducer} replaces the item (6.49); 7.57 throws. A tool result that is sent with the first \`call_id\` is refused by the server.`,
    explanation:
      '`output_item.done` has another `id`, `type` or `call_id` than `output_item.added`.',
    checks: {
      'item-done'({ item, event }, report) {
        if (!item?.isOpen || !isObject(event.item)) return;
        const { id, type, call_id: callId } = event.item;
        if (item.id !== null && idOf(id) === null)
          report(`The item is done without its id, expected ${phrase(item.id)}`);
        else if (item.id !== null && id !== item.id && !item.otherIds.has(stringOf(id)))
          report(`added with the id ${phrase(item.id)}, done with ${phrase(id)}`);
        if (item.type !== '' && !item.isImplied && type !== item.type)
          report(`added as ${phrase(item.type)}, done as ${phrase(type)}`);
        if (item.callId !== null && callId !== item.callId)
          report(`added with the call_id ${phrase(item.callId)}, done with ${phrase(callId)}`);
      },
    },
  },
  {
    ...responses,
    id: 'I5',
    title: 'every item is done before the response is completed',
    level: 'observed',
    severity: 'warning',
    basis:
      'The recordings of OpenAI; in one, lists of the tools of an MCP server (`mcp_list_tools`) are never done, so these are left alone.',
    clients: `${reducer} takes the final response, so nothing is missing in the end (6.49); a program that waits for \`output_item.done\` never runs the tool.`,
    explanation: '`response.completed` comes while an item is open.',
    checks: {
      final({ type, items, isJoined }, report) {
        if (type !== 'response.completed') return;
        for (const { isOpen, isImplied, outputIndex, type: itemType } of items.values())
          // That an item was never added was told: it may be a wrong index and no item.
          if (isOpen && itemType !== 'mcp_list_tools' && (isJoined || !isImplied))
            report(`output_index ${outputIndex} (${itemType || 'an item'}) was never done.`);
      },
    },
  },
  {
    ...responses,
    id: 'I6',
    title: 'an item is added empty and in progress',
    level: 'observed',
    severity: 'warning',
    basis:
      'The recordings of OpenAI: a message has `content: []`, a function call `arguments: ""`; the status is `in_progress` or left out. Outputs of tools come whole, as `completed`, and so do all items of o1-pro.',
    clients: `${reducer} (6.49) appends the deltas to what the added item holds: texts that are there already come twice.`,
    explanation:
      'The added item has another status, content, or arguments. An item that is added as `completed` is a note.',
    checks: {
      'item-added'({ event }, report) {
        const { item } = event;
        if (!isObject(item)) return;
        const { type, status, content } = item;
        if (typeof status === 'string' && status !== 'in_progress' && !isWhole(type, status)) {
          const message = `${phrase(type)} is added with the status ${phrase(status)}, expected "in_progress"`;
          report(message, status === 'completed' ? 'note' : 'warning');
        }
        if (type === 'message' && Array.isArray(content) && content.length > 0)
          report(`The message is added with ${content.length} parts of content, expected none yet`);
        if (type === 'function_call' && typeof item.arguments === 'string' && item.arguments !== '')
          report(
            `The function call is added with the arguments ${phrase(item.arguments)}, expected ""`,
          );
      },
    },
  },
  {
    ...responses,
    id: 'I7',
    title: 'an item is done as completed or incomplete',
    level: 'observed',
    severity: 'warning',
    basis:
      'The recordings of OpenAI. Tools may have failed, as the types say. Function calls by programs are done as `in_progress`, which is a note; so are images (`generating`) and searches (`searching`) of Azure.',
    clients:
      'The `openai` package does not look (6.49); programs that wait for `completed` wait for good.',
    explanation: 'The status of a done item says that it goes on.',
    checks: {
      'item-done'({ event }, report) {
        if (!isObject(event.item)) return;
        const { type, status } = event.item;
        if (typeof status !== 'string') return;
        if (status === 'completed' || status === 'incomplete' || status === 'failed') return;
        const message = `${phrase(type)} is done with the status ${phrase(status)}, expected "completed"`;
        report(message, isByProgram(event.item) ? 'note' : 'warning');
      },
    },
  },
  {
    ...responses,
    id: 'I8',
    title: 'nothing follows an incomplete item',
    level: 'must',
    severity: 'warning',
    basis: 'Open Responses: an incomplete item is the last one, and the response is incomplete.',
    clients: 'No client checks it; a text that was cut is taken for a whole one.',
    explanation:
      'Another item is added after one that is `incomplete`, or the response is completed all the same.',
    checks: {
      'item-added'(facts, report) {
        const { cutItem, outputIndex } = facts;
        if (!cutItem || cutItem.outputIndex === outputIndex) return;
        facts.cutItem = null;
        report(
          `output_index ${outputIndex} is added after ${cutItem.outputIndex}, which is incomplete.`,
        );
      },
      final({ cutItem, type }, report) {
        if (cutItem && type === 'response.completed')
          report(`The response is completed, output_index ${cutItem.outputIndex} is incomplete.`);
      },
    },
  },
];

/** The same check for all events that belong to an item. */
function addressed(check: Check<ResponseFacts>): Record<string, Check<ResponseFacts>> {
  const asked: Check<ResponseFacts> = (facts, report) => {
    if (facts.rule?.op === 'append' || facts.rule?.op === 'replace')
      if (facts.rule.lane === 'transcript') return;
    check(facts, report);
  };
  const whereIndexed: Check<ResponseFacts> = (facts, report) => {
    if (facts.outputIndex >= 0) check(facts, report);
  };
  return {
    'item-added': asked,
    'item-done': asked,
    'part-added': asked,
    'part-done': asked,
    append: asked,
    replace: asked,
    annotation: asked,
    'shell-output': asked,
    'shell-output-done': asked,
    status: asked,
    none: whereIndexed,
  };
}

function isWhole(type: JsonValue | undefined, status: string): boolean {
  return status === 'completed' && ADDED_COMPLETED.has(stringOf(type));
}

/** Events of shell commands have no `item_id`; those of their output do. */
function isOfShell(type: string): boolean {
  return type.startsWith('response.shell_call_command.');
}

function isByProgram(item: JsonObject): boolean {
  const { caller } = item;
  return isObject(caller) && stringOf(caller.type).startsWith('program');
}
