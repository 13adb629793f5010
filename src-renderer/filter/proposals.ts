import { laneAddress } from '../../src-core/index/event-index.ts';
import { TERMS, type TermName } from '../../src-core/filter/terms.ts';
import { quoted, quotedPointer, type TypingPlace } from '../../src-core/filter/writing.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import { describeLane } from '../../src-core/index/lane-names.ts';
import { titleOf } from '../problems/rule-facts.ts';

/** Something that could stand where the caret is. */
export interface Proposal {
  label: string;
  explanation: string;
  /** What takes the place of what was typed. */
  insert: string;
  /** The term is not done with it: what follows is proposed next. */
  continues: boolean;
}

/** As much of a capture as is proposed from. */
export type ProposalSource = Pick<CaptureView, 'index' | 'documents'>;

const MOST = 60;
/** Values looked at of each document: the first ones tell its shape. */
const MOST_NODES = 2000;

const NAMES: readonly [term: TermName, sign: string, explanation?: string][] = [
  ['type', ':'],
  ['text', '~'],
  ['lane', ':', 'which text it writes'],
  ['lane', '~', 'a text comes to hold this'],
  ['item', ':'],
  ['pointer', ':'],
  ['appears', ':'],
  ['closes', ':'],
  ['value', ':'],
  ['seq', ':'],
  ['t', '>'],
  ['gap', '>'],
  ['bytes', '>'],
  ['chunk', ':'],
  ['problem', '', 'has any problem'],
  ['problem', ':', 'a severity or a rule'],
  ['broken', ''],
  ['invalid', ''],
  ['bookmark', ''],
];

/** What could stand at a place of a filter: names of terms, or values that occur in the capture. */
export function proposalsAt(place: TypingPlace, source: ProposalSource | null): Proposal[] {
  const typed = place.typed.toLowerCase();
  if (place.of === 'name') {
    if (typed === '') return [];
    return NAMES.filter(([term]) => term.startsWith(typed)).map(([term, sign, explanation]) => ({
      label: `${term}${sign}`,
      explanation: explanation ?? TERMS[term].explanation,
      insert: `${term}${sign}`,
      continues: sign !== '',
    }));
  }
  if (!source) return [];
  const values = valuesOf(place.term, source);
  const found = [...values].filter(([value]) => value.toLowerCase().includes(typed));
  // What begins with what was typed is more likely meant than what only holds it.
  const begins = ([value]: [string, string]) => value.toLowerCase().startsWith(typed);
  const sorted = [...found.filter(begins), ...found.filter((one) => !begins(one))];
  const isPointer = ['pointer', 'appears', 'closes', 'value'].includes(place.term);
  const proposals = sorted.slice(0, MOST).map(([value, explanation]) => ({
    label: value === '' ? '""' : value,
    explanation,
    insert: isPointer ? quotedPointer(value) : quoted(value),
    continues: place.term === 'value',
  }));
  // What is already there needs no proposal.
  return proposals.length === 1 && proposals[0]!.insert === place.typed ? [] : proposals;
}

/** The values of a term that occur in the capture, with what they are. */
function valuesOf(term: string, source: ProposalSource): Map<string, string> {
  const { index } = source;
  switch (term) {
    case 'type': {
      const values = new Map(index.types.map((type) => [type.replace(/^response\./, ''), '']));
      return new Map([['*.delta', 'every fragment'], ...values]);
    }
    case 'lane': {
      const values = new Map<string, string>();
      for (const lane of index.lanes) {
        values.set(laneAddress(lane), describeLane(lane, false));
      }
      for (const lane of index.lanes) values.set(lane.kind, 'all of this kind');
      return values;
    }
    case 'item':
      return new Map(
        [...new Set(index.lanes.map((lane) => lane.outputIndex))]
          .sort((one, other) => one - other)
          .map((item) => [String(item), '']),
      );
    case 'pointer':
    case 'appears':
    case 'closes':
    case 'value':
      return pointersOf(source);
    case 'problem':
      return new Map([
        ['error', 'lost, damaged or failed'],
        ['warning', 'not what was meant, or cut short'],
        ['note', 'legal, but unusual'],
        ...index.problemTally.map(({ rule }): [string, string] => [
          rule,
          titleOf(rule) || 'a rule',
        ]),
      ]);
    default:
      return new Map();
  }
}

function pointersOf({ index, documents }: ProposalSource): Map<string, string> {
  const pointers = new Map<string, string>();
  let left = MOST_NODES;
  for (let lane = 0; lane < index.lanes.length && left > 0; lane++) {
    const document = documents.of(lane);
    if (!document) continue;
    for (let node = 1; node < document.nodeCount && left > 0; node++, left--) {
      const kind = document.kindOf(node);
      if (kind !== 'none') pointers.set(document.pointerOf(node), kind);
    }
  }
  return pointers.size === 0 ? pointers : pointers.set('', 'the whole document');
}
