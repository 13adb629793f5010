import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import { indexOf } from '../../responses/router.ts';
import type { ReduceState } from '../dialect.ts';
import { objectsOf, tell } from '../facts.ts';
import { compact } from '../line.ts';
import { messageAt, toolCallAt } from './choices.ts';

/** How far back a call is looked for that is no longer the newest: enough for calls in parallel. */
const REACH = 64;

const OWN = new Set(['index', 'id', 'type', 'function', 'custom']);

/**
 * Merges `delta.tool_calls`: by `index`, and where a server leaves that out, or gives several calls
 * the same, by `id`. Name, id and type are overwritten, arguments and input appended.
 * @param whole the calls are final, as in a `message`: their texts replace what was there
 */
export function reduceToolCalls(
  calls: JsonValue | undefined,
  at: number,
  state: ReduceState,
  whole: boolean,
): void {
  for (const call of objectsOf(calls)) reduceCall(call, at, state, whole);
}

function reduceCall(call: JsonObject, at: number, state: ReduceState, whole: boolean): void {
  const list = ['choices', at, 'message', 'tool_calls'];
  const known = messageAt(state.root, at).tool_calls;
  const calls = Array.isArray(known) ? known : [];
  const place = placeOf(call, calls);
  const path = [...list, place];
  const id = stringOf(call.id);
  const type = stringOf(call.type);
  const existing = toolCallAt(state.root, at, place);
  const isCustom =
    (existing?.type ?? (type || (isObject(call.custom) ? 'custom' : ''))) === 'custom';
  const member = isCustom ? 'custom' : 'function';
  const text = isCustom ? 'input' : 'arguments';
  const given = isObject(call[member]) ? call[member] : {};
  const name = stringOf(given.name);

  if (!existing) {
    const index = indexOf(call.index);
    state.set(path, {
      ...(id !== '' && { id }),
      type: type || (isCustom ? 'custom' : 'function'),
      // Kept where it doesn't tell the place: later fragments are found by it.
      ...(index >= 0 && index !== place && { index }),
      [member]: { name, [text]: '' },
    });
  } else {
    if (id !== '' && existing.id !== id) state.set([...path, 'id'], id);
    if (type !== '' && existing.type !== type) state.set([...path, 'type'], type);
    const inner = existing[member];
    if (name !== '' && (!isObject(inner) || inner.name !== name))
      state.set([...path, member, 'name'], name);
  }
  tell(state, path, existing, call, OWN);

  const lane = {
    kind: isCustom ? ('custom_input' as const) : ('function_arguments' as const),
    outputIndex: at,
    subIndex: place,
  };
  const value = given[text];
  const textPath = [...path, member, text];
  if (typeof value === 'string') {
    if (whole) state.text(lane, textPath, value);
    else if (value !== '') state.append(lane, textPath, value);
  } else if (value !== undefined && value !== null) {
    // Some servers send the value itself instead of its JSON.
    state.set(textPath, value);
    state.text(lane, null, compact(value));
  }
}

/** The place of a call in the message's list. */
function placeOf(call: JsonObject, calls: readonly JsonValue[]): number {
  const index = indexOf(call.index);
  const id = stringOf(call.id);
  const begins = isObject(call.function) && stringOf(call.function.name) !== '';
  if (index >= 0) {
    const place = latest(calls, (known, at) => (known.index ?? at) === index);
    // Beyond the end there are holes, as the official client leaves them.
    if (place < 0) return isObject(calls[index]) ? calls.length : index;
    // A new id alone begins no call: there are servers that make one up for each fragment.
    if (id === '' || !begins || sameId(calls[place], id)) return place;
    const same = latest(calls, (known) => known.id === id);
    return same < 0 ? calls.length : same;
  }
  if (id !== '') {
    const place = latest(calls, (known) => known.id === id);
    return place < 0 ? calls.length : place;
  }
  return begins || calls.length === 0 ? calls.length : calls.length - 1;
}

function sameId(known: JsonValue | undefined, id: string): boolean {
  return isObject(known) && (known.id === undefined || known.id === id);
}

function latest(
  calls: readonly JsonValue[],
  test: (call: JsonObject, place: number) => boolean,
): number {
  const first = Math.max(0, calls.length - REACH);
  for (let place = calls.length - 1; place >= first; place--) {
    const call = calls[place];
    if (isObject(call) && test(call, place)) return place;
  }
  return -1;
}
