import { isObject, stringOf } from '../json.ts';
import { type Leaf, leavesOfElement, leavesOfItem } from '../responses/leaf.ts';
import { indexOf } from '../responses/router.ts';
import { fingerprint } from './fingerprint.ts';
import { type ItemFacts, listOf, type PartList, type TextFacts } from './item-facts.ts';
import { ITEM_OF_LANE } from '../responses/leaf.ts';
import { ITEM_OF_PART, LANES_OF, PART_OF_LANE } from './lane-places.ts';
import type { ResponseFacts } from './response-facts.ts';
import type { Report, Rule } from './rule.ts';
import { toolOf } from './tool-types.ts';
import { difference, phrase } from './wording.ts';

const responses = { dialects: ['responses'] } as const;
const reducer = 'The `stream()` helper of the `openai` package';

/** Items whose texts servers stream. */
const STREAMED = new Set(['message', 'function_call', 'custom_tool_call']);

/** How parts and texts of an item are announced, written and closed. */
export const PART_RULES: readonly Rule<ResponseFacts>[] = [
  {
    ...responses,
    id: 'P1',
    title: 'parts are added, empty and in order, before they are written',
    level: 'must',
    severity: 'error',
    basis: 'Open Responses; all recordings of OpenAI.',
    clients: `${reducer} (6.49) throws \`missing content at index N\` at a delta for a part that was not added. It puts an added part at the end, whatever its index, and appends the deltas to the text it was added with.`,
    explanation:
      'A `content_index` or `summary_index` is not the next one, is added twice, or was never added; or the added part holds text. An event that should have such an index and has none is told once a response, and taken for index 0.',
    checks: {
      'part-added'(facts, report) {
        const { item, part, subIndex, event, rule, isJoined } = facts;
        if (rule?.op !== 'part-added') return;
        const { list } = rule;
        const field = list === 'summary' ? 'summary_index' : 'content_index';
        if (missesIndex(facts, field, report) || !item?.isOpen) return;
        const isPartlySeen = isJoined && item.isImplied;
        if (part)
          report(`${field} ${subIndex} of output_index ${item.outputIndex} is added again.`);
        else if (subIndex !== item.counts[list] && !isPartlySeen)
          report(`expected ${field} ${item.counts[list]} for the next part, got ${subIndex}`);
        const held = leavesOfElement(list, event.part, subIndex).find(({ text }) => text !== '');
        if (held) report(`The part is added with the text ${phrase(held.text)}, expected none yet`);
      },
      'part-done': checkIsAdded,
      append: checkIsAdded,
      replace: checkIsAdded,
      annotation: checkIsAdded,
    },
  },
  {
    ...responses,
    id: 'P2',
    title: 'deltas, text done, part done, item done',
    level: 'must',
    severity: 'error',
    basis: 'Open Responses; all recordings of OpenAI.',
    clients: `${reducer} (6.49) appends a late delta to the text that was done. A program that shows a text when it is done misses one that is never done.`,
    explanation:
      'The events of a text come in another order, come again, or one is left out: `output_text.done` before `content_part.done` before `output_item.done`. Told once for each text. Of an item that is incomplete nothing is expected to be closed.',
    checks: {
      append({ item, text, part, type }, report) {
        if (!item?.isOpen || !text || text.isLateSaid) return;
        if (!text.isDone && !part?.isDone) return;
        text.isLateSaid = true;
        report(`${type} comes after the text was done.`);
      },
      replace({ item, text, part, type }, report) {
        if (!item?.isOpen || !text || text.isLateSaid || type.endsWith('.added')) return;
        if (!text.isDone && !part?.isDone) return;
        text.isLateSaid = true;
        report(part?.isDone ? `${type} comes after its part was done.` : `${type} comes again.`);
      },
      'part-done'({ item, part, subIndex, event, rule, type }, report) {
        if (!item?.isOpen || !part || rule?.op !== 'part-done') return;
        if (part.isDone) {
          report(`${type} comes again.`);
          return;
        }
        for (const { kind, text } of leavesOfElement(rule.list, event.part, subIndex)) {
          const facts = item.text(kind, subIndex);
          if (facts?.isDone || facts?.isLateSaid || (text === '' && !facts?.hasDeltas)) continue;
          // Its own end, if it comes after all, is not told again.
          if (facts) facts.isLateSaid = true;
          report(`${type} comes before the ${kind.replaceAll('_', ' ')} was done.`);
        }
      },
      'item-done'({ item, event }, report) {
        if (!item?.isOpen || !isObject(event.item) || event.item.status === 'incomplete') return;
        for (const { isDone, isImplied, list, index } of item.parts.values())
          if (!isDone && !isImplied && !item.isUnlistedSeen)
            report(`The item is done, but ${list}[${index}] was never done.`);
        for (const { kind, hasDeltas, isDone } of item.texts.values())
          if (hasDeltas && !isDone && listOf(kind) === null && ITEM_OF_LANE[kind] === item.type)
            report(`The item is done, but its ${kind.replaceAll('_', ' ')} was never done.`);
      },
    },
  },
  {
    ...responses,
    id: 'P3',
    title: 'the fragments add up to the text',
    level: 'observed',
    severity: 'error',
    basis:
      'All texts in the unedited recordings: the deltas together, `.done`, the part and the item agree.',
    clients:
      'Nobody checks it. A program that shows deltas shows another text than one that waits for the whole; the `openai` package (6.49) takes the later one.',
    explanation:
      'A fragment was lost, came twice or was changed on the way; or the server made the whole text otherwise. After it, the later text counts. The final response is compared by X1.',
    checks: {
      replace(facts, report) {
        const { item, text, rule, event, type } = facts;
        if (!item?.isOpen || rule?.op !== 'replace' || type.endsWith('.added')) return;
        const whole = event[rule.field];
        if (!text?.hasDeltas || text.isPartial || typeof whole !== 'string') return;
        compare(facts, text, whole, report);
      },
      'part-done'(facts, report) {
        const { item, subIndex, event, rule } = facts;
        if (!item?.isOpen || rule?.op !== 'part-done') return;
        const leaves = textsOf(leavesOfElement(rule.list, event.part, subIndex));
        for (const kind of LANES_OF[rule.list]) {
          const text = item.text(kind, subIndex);
          if (text) compare(facts, text, textIn(leaves, text), report);
        }
      },
      'shell-output-done'(facts, report) {
        const { item, subIndex, event } = facts;
        if (!item?.isOpen || !Array.isArray(event.output)) return;
        const leaves = textsOf(leavesOfElement('output', event.output[0], subIndex));
        for (const kind of LANES_OF.output) {
          const text = item.text(kind, subIndex);
          if (text) compare(facts, text, textIn(leaves, text), report);
        }
      },
      'item-done'(facts, report) {
        const { item, event } = facts;
        if (!item?.isOpen) return;
        const leaves = textsOf(leavesOfItem(event.item));
        for (const text of item.texts.values()) compare(facts, text, textIn(leaves, text), report);
      },
      final(facts, report) {
        const { items, response } = facts;
        if (!response || !Array.isArray(response.output)) return;
        for (const item of items.values()) {
          const final = response.output[item.outputIndex];
          if (!item.isOpen || !isObject(final)) continue;
          const leaves = textsOf(leavesOfItem(final));
          for (const text of item.texts.values())
            compare(facts, text, textIn(leaves, text), report, item.outputIndex);
        }
      },
    },
  },
  {
    ...responses,
    id: 'P4',
    title: 'a text comes in fragments',
    level: 'observed',
    severity: 'note',
    basis: 'Zero deltas are legal; OpenAI sends at least one for a text that is not empty.',
    clients:
      'The `openai` package (6.49) has the text all the same. A program that listens to deltas only shows nothing.',
    explanation:
      'A text that is not empty came whole, in its `.done` event or with its item, and no delta before. LM Studio sends arguments so.',
    checks: {
      replace({ item, text, rule, event, type }, report) {
        if (!item?.isOpen || rule?.op !== 'replace' || type.endsWith('.added')) return;
        if (text?.hasDeltas || text?.isPartial || text?.isDone) return;
        const value = event[rule.field];
        if (typeof value === 'string' && value !== '')
          report(`${type} brings ${value.length} characters, none of which came as a delta.`);
      },
      'item-done'({ item, event }, report) {
        if (!item?.isOpen || item.isImplied || !STREAMED.has(item.type)) return;
        for (const { kind, subIndex, text } of leavesOfItem(event.item))
          if (text !== '' && !item.text(kind, subIndex))
            report(
              `The item brings ${text.length} characters of ${phrase(kind)}, none of which came before.`,
            );
      },
    },
  },
  {
    ...responses,
    id: 'P5',
    title: 'annotations are counted, and all are in the part',
    level: 'observed',
    severity: 'warning',
    basis: 'All 45 annotations in the recordings of OpenAI.',
    clients: `${reducer} (6.49) puts an annotation at its index, which may leave holes; what the part brings when it is done replaces them.`,
    explanation:
      'An `annotation_index` is not the next one, or the done part has other annotations than those that came one by one.',
    checks: {
      annotation({ item, part, event }, report) {
        if (!item?.isOpen || part?.missesAnnotations) return;
        const expected = part?.annotations.length ?? 0;
        if (indexOf(event.annotation_index) !== expected)
          report(`expected annotation_index ${expected}, got ${phrase(event.annotation_index)}`);
      },
      'part-done'({ item, part, event, isJoined }, report) {
        if (!item?.isOpen || !part || part.missesAnnotations || part.isDone) return;
        if (!isObject(event.part) || (isJoined && item.isImplied)) return;
        const done = Array.isArray(event.part.annotations) ? event.part.annotations : [];
        const { annotations } = part;
        if (done.length !== annotations.length) {
          report(`${annotations.length} annotations came, the part has ${done.length}`);
          return;
        }
        const other = done.findIndex((one, at) => fingerprint(one) !== annotations[at]);
        if (other >= 0)
          report(`Annotation ${other} is another one in the part than the one that came.`);
      },
    },
  },
  {
    ...responses,
    id: 'P6',
    title: 'events fit their item and part',
    level: 'must',
    severity: 'error',
    basis:
      'The types of the `openai` package: text only in messages, arguments only in calls, and so on.',
    clients: `${reducer} throws where the part is another one (\`expected content to be 'output_text', got refusal\`) and ignores the event where the item is (6.49).`,
    explanation:
      'An event writes to an item or a part of another type, or brings something else than a text. Told once for each item.',
    checks: {
      'part-added'({ item, event, rule }, report) {
        if (!item?.isOpen || rule?.op !== 'part-added' || !isObject(event.part)) return;
        const partType = stringOf(event.part.type);
        const itemType = ITEM_OF_PART[partType];
        if (item.type === '' || !itemType) return;
        if (itemType !== item.type)
          report(`A part ${phrase(partType)} is added to an item ${phrase(item.type)}.`);
      },
      append: checkKind,
      replace: checkKind,
      'shell-output': checkKind,
      'shell-output-done': checkKind,
      annotation({ item, part, type }, report) {
        misfit(item, type, 'message', part?.type ?? '', 'output_text', report);
      },
      status: checkTool,
      none: checkTool,
    },
  },
];

function checkIsAdded(facts: ResponseFacts, report: Report): void {
  const { item, part, rule, subIndex, isJoined, type, outputIndex } = facts;
  let list: PartList | null = 'content';
  if (rule?.op === 'append' || rule?.op === 'replace') list = listOf(rule.lane);
  else if (rule?.op === 'part-done') list = rule.list;
  if (list === null) return;
  const field = list === 'summary' ? 'summary_index' : 'content_index';
  if (missesIndex(facts, field, report) || !item?.isOpen || item.isUnlistedSeen) return;
  if (!part && !(isJoined && item.isImplied))
    report(
      `${type} is for ${field} ${subIndex} of output_index ${outputIndex}, which was not added.`,
    );
}

function missesIndex(facts: ResponseFacts, field: string, report: Report): boolean {
  if (indexOf(facts.event[field]) >= 0) return false;
  if (!facts.isPartIndexSaid) report(`${facts.type} has no ${field}.`);
  facts.isPartIndexSaid = true;
  return true;
}

/** Compares a text as it stands with what an event says that it is. */
function compare(
  facts: ResponseFacts,
  { kind, subIndex, isPartial }: TextFacts,
  value: string,
  report: Report,
  outputIndex = facts.outputIndex,
): void {
  if (isPartial) return;
  const streamed = facts.textOf(kind, outputIndex, subIndex) ?? '';
  if (streamed === value) return;
  facts.isTextSaid = true;
  report(`${facts.type} has another text: ${difference(streamed, value)}`);
}

/** Texts by lane, since an item may have many. */
function textsOf(leaves: readonly Leaf[]): ReadonlyMap<string, string> {
  return new Map(leaves.map(({ kind, subIndex, text }) => [`${kind}/${subIndex}`, text]));
}

function textIn(texts: ReadonlyMap<string, string>, { kind, subIndex }: TextFacts): string {
  return texts.get(`${kind}/${subIndex}`) ?? '';
}

function checkKind({ item, part, rule, type, event }: ResponseFacts, report: Report): void {
  if (rule?.op === 'append' || rule?.op === 'replace') {
    if (rule.lane === 'transcript') return;
    if (item?.isOpen && !item.isMisfitSaid && typeof event[rule.field] !== 'string') {
      item.isMisfitSaid = true;
      report(`${type} has the ${rule.field} ${phrase(event[rule.field])}, expected a text`);
      return;
    }
    misfit(
      item,
      type,
      ITEM_OF_LANE[rule.lane],
      part?.type ?? '',
      PART_OF_LANE[rule.lane] ?? '',
      report,
    );
  } else misfit(item, type, ITEM_OF_LANE.shell_stdout, '', '', report);
}

function checkTool({ item, type }: ResponseFacts, report: Report): void {
  const tool = toolOf(type);
  if (tool) misfit(item, type, tool.itemType, '', '', report);
}

function misfit(
  item: ItemFacts | undefined,
  type: string,
  itemType: string,
  partIs: string,
  partType: string,
  report: Report,
): void {
  if (!item?.isOpen || item.isMisfitSaid) return;
  if (item.type !== '' && item.type !== itemType)
    report(`${type} is for an item ${phrase(item.type)}, expected ${phrase(itemType)}`);
  else if (partIs !== '' && partType !== '' && partIs !== partType)
    report(`${type} is for a part ${phrase(partIs)}, expected ${phrase(partType)}`);
  else return;
  item.isMisfitSaid = true;
}
