import { EventFlag } from '../../src-core/index/batch.ts';
import type { CaptureView } from '../state/capture-view.svelte.ts';
import { describeLane } from '../../src-core/index/lane-names.ts';
import type { LaneView } from './lane-views.ts';
import type { Fault } from './schema-verdicts.ts';

/** Something that can be said of a text at an event. */
export interface Verdict {
  key: string;
  tone: 'good' | 'warn' | 'bad' | 'muted';
  text: string;
  title?: string;
  /** The event that it is about. */
  seq?: number | null;
  /** All that is wrong. */
  faults?: readonly Fault[];
}

/** A verdict as the footer shows it, or many in one. */
export interface Badge extends Verdict {
  /** What stands behind it, a line each; '' where the text is all. */
  title: string;
}

/** So many verdicts stand by themselves. Of more, those that need a look are named up to NAMED. */
const ALL_NAMED = 4;
const NAMED = 3;
const URGENCY: readonly Verdict['tone'][] = ['bad', 'warn', 'muted', 'good'];

/**
 * The verdicts on a line or two: those of many lanes are counted, what needs a look comes first.
 * @param goodWord the word for many that need none
 */
export function badgesOf(verdicts: readonly Verdict[], goodWord = 'complete JSON'): Badge[] {
  const badgeOf = (verdict: Verdict): Badge => ({ title: '', ...verdict });
  if (verdicts.length <= ALL_NAMED) return verdicts.map(badgeOf);
  const good = verdicts.filter(({ tone }) => tone === 'good');
  const others = verdicts
    .filter(({ tone }) => tone !== 'good')
    .sort((a, b) => URGENCY.indexOf(a.tone) - URGENCY.indexOf(b.tone));
  const linesOf = (all: readonly Verdict[]) => all.map(({ text }) => text).join('\n');
  const badges = others.slice(0, NAMED).map(badgeOf);
  const rest = others.slice(NAMED);
  if (rest.length > 0)
    badges.push({
      key: `more than ${goodWord}`,
      tone: rest[0]!.tone,
      text: `+${rest.length.toLocaleString('en')} more`,
      title: linesOf(rest),
    });
  if (good.length > 0)
    badges.push({
      key: goodWord,
      tone: 'good',
      text: `${good.length.toLocaleString('en')} ${goodWord}`,
      title: linesOf(good),
    });
  return badges;
}

/**
 * What can be said of the lanes at an event, in words.
 * @param hasSchema whether a lane's schema is spoken of beside: that it is JSON goes without saying then
 */
export function verdictsOf(
  view: CaptureView,
  seq: number,
  lanes: readonly LaneView[],
  isLong: (lane: LaneView) => boolean,
  hasSchema: (lane: LaneView) => boolean,
): Verdict[] {
  const isLast = view.ended && seq === view.count - 1;
  const verdicts: Verdict[] = [];
  for (const one of lanes) {
    const { number, lane, length, prefix } = one;
    const name = describeLane(lane, lanes.length > 1);
    const add = (key: string, tone: Verdict['tone'], text: string) =>
      verdicts.push({ key: `${number}${key}`, tone, text: `${name}: ${text}` });
    if (isLong(one))
      add('l', 'muted', `${length.toLocaleString('en')} characters, laid out where they show`);
    if (lane.kind === 'refusal' && length > 0) add('r', 'warn', 'the model refused');
    if (!prefix || length === 0) continue;
    const open = prefix.openPointer;
    if (prefix.state === 'complete') {
      if (!hasSchema(one)) add('c', 'good', 'complete JSON');
    } else if (prefix.state === 'broken')
      add('b', 'bad', `no JSON from character ${prefix.brokenAt.toLocaleString('en')} on`);
    else if (isLast) add('o', 'warn', `truncated inside ${open || 'the root'}`);
    else add('o', 'warn', `open ${open || 'root'}`);
  }
  if (seq >= 0 && view.index.has(seq, EventFlag.terminal) && view.status === 'incomplete')
    verdicts.push({ key: 'i', tone: 'warn', text: 'the response is incomplete' });
  return verdicts;
}
