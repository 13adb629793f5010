import type { JsonChange } from '../../src-core/diff-json.ts';
import type { JsonObject, JsonValue } from '../../src-core/json.ts';

/** A change on one line: what stayed, what went and what came, each as JSON writes it. */
export interface ChangeText {
  sign: '+' | '−' | '~' | '»';
  /** What the sign says, in a word or two. */
  what: string;
  /** The end of the text that stayed, before what changed in it. */
  kept: string;
  before: string;
  after: string;
}

/** So much of an unchanged beginning is shown. */
const KEPT = 14;
/** More of a value does not fit on a line anyway. */
const LONGEST = 400;

export function changeText(change: JsonChange): ChangeText {
  switch (change.kind) {
    case 'added':
      return { sign: '+', what: 'added', kept: '', before: '', after: whole(change.after) };
    case 'removed':
      return { sign: '−', what: 'removed', kept: '', before: whole(change.before), after: '' };
    case 'grew': {
      const what = `grew by ${change.added.toLocaleString('en')}`;
      const added = change.after.slice(change.before.length);
      return { sign: '»', what, kept: tail(change.before), before: '', after: inner(added) };
    }
    case 'changed':
      return changedText(change.before, change.after);
  }
}

/** Two texts are shown from where they part. */
function changedText(before: JsonValue, after: JsonValue): ChangeText {
  const what = 'changed';
  if (typeof before !== 'string' || typeof after !== 'string' || before[0] !== after[0])
    return { sign: '~', what, kept: '', before: whole(before), after: whole(after) };
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const [gone, come] = [inner(before.slice(same)), inner(after.slice(same))];
  return { sign: '~', what, kept: tail(before.slice(0, same)), before: gone, after: come };
}

function whole(value: JsonValue): string {
  if (typeof value === 'string') return `"${inner(value)}"`;
  return shortJson(value, LONGEST);
}

/** About so many units of a value as JSON: of a large one no more is printed than is shown. */
function shortJson(value: JsonValue, room: number): string {
  if (typeof value === 'string') {
    const shown = JSON.stringify(value.slice(0, Math.max(0, room)));
    return value.length > room ? `${shown.slice(0, -1)}…"` : shown;
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  let text = '';
  for (const key of Object.keys(value)) {
    if (text.length >= room) return `${open}${text}${text && ','}…${close}`;
    if (text !== '') text += ',';
    if (!Array.isArray(value)) text += `${JSON.stringify(key)}:`;
    const member = (value as JsonObject)[key] ?? null;
    text += shortJson(member, room - text.length - 1);
  }
  return `${open}${text}${close}`;
}

/** A text as JSON writes it, without the quotes. */
function inner(text: string): string {
  const shown = JSON.stringify(text.slice(0, LONGEST)).slice(1, -1);
  return text.length > LONGEST ? `${shown}…` : shown;
}

function tail(text: string): string {
  const shown = JSON.stringify(text.slice(-KEPT)).slice(1, -1);
  return text.length > KEPT ? `…${shown}` : shown;
}

/** The changes as text, a line each. */
export function changesAsText(changes: readonly JsonChange[], count: number): string {
  const lines = changes.map((change) => {
    const pointer = change.pointer || '(all of it)';
    const values = [
      ...('before' in change ? [JSON.stringify(change.before)] : []),
      ...('after' in change ? [JSON.stringify(change.after)] : []),
    ];
    return `${changeText(change).what}\t${pointer}\t${values.join(' → ')}`;
  });
  if (count > changes.length) lines.push(`${count - changes.length} more`);
  return lines.join('\n');
}
