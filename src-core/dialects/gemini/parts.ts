import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import type { LanePlace, ReduceState } from '../dialect.ts';
import { factsOf, objectAt, objectsOf } from '../facts.ts';
import { compact } from '../line.ts';
import { applyPartialArg } from './partial-args.ts';

/** The parts of a candidate so far. */
export function partsOf(root: JsonObject | null, candidate: number): readonly JsonValue[] {
  const content = objectAt(root?.candidates, candidate)?.content;
  return isObject(content) && Array.isArray(content.parts) ? content.parts : [];
}

const NOT_OF_TEXT = new Set(['text']);

/** A part continues the last one or stands at the end. */
export function reducePart(part: JsonObject, candidate: number, state: ReduceState): void {
  const parts = partsOf(state.root, candidate);
  const list = ['candidates', candidate, 'content', 'parts'];
  const last = objectAt(parts, parts.length - 1);
  const place = (kind: LanePlace['kind'], at: number): LanePlace => ({
    kind,
    outputIndex: candidate,
    subIndex: at,
  });

  if (typeof part.text === 'string') {
    const joins = last !== null && continuesText(part, last);
    const at = joins ? parts.length - 1 : parts.length;
    const facts = factsOf(part, NOT_OF_TEXT);
    // A last frame brings an empty text beside its finishReason.
    if (!joins && part.text === '' && facts.length === 0) return;
    if (!joins) state.push(list, { text: '', ...Object.fromEntries(facts) });
    else
      for (const [name, value] of facts)
        if (last[name] !== value) state.set([...list, at, name], value);
    const kind = part.thought === true ? 'reasoning_text' : 'output_text';
    if (part.text !== '') state.append(place(kind, at), [...list, at, 'text'], part.text);
    return;
  }
  if (isObject(part.functionCall)) {
    reduceCall(part, part.functionCall, candidate, state);
    return;
  }
  const at = parts.length;
  const { executableCode: code, codeExecutionResult: result } = part;
  state.push(list, part);
  if (isObject(code) && typeof code.code === 'string')
    state.text(place('code', at), [...list, at, 'executableCode', 'code'], code.code);
  if (isObject(result) && typeof result.output === 'string') {
    const path = [...list, at, 'codeExecutionResult', 'output'];
    state.text(place('shell_stdout', at), path, result.output);
  }
}

/**
 * Text goes on in the text before it if both are thoughts or neither is. A signature ends its part;
 * one that comes with no text is a part of its own, as it has to be sent back.
 */
function continuesText(part: JsonObject, last: JsonObject): boolean {
  if (typeof last.text !== 'string' || last.thoughtSignature !== undefined) return false;
  if ((part.thought === true) !== (last.thought === true)) return false;
  return !(part.text === '' && part.thoughtSignature !== undefined);
}

/**
 * A call arrives whole, or begins with `willContinue` and is completed by later parts: their
 * `partialArgs` write into its arguments.
 */
function reduceCall(
  part: JsonObject,
  call: JsonObject,
  candidate: number,
  state: ReduceState,
): void {
  const parts = partsOf(state.root, candidate);
  const list = ['candidates', candidate, 'content', 'parts'];
  const open = objectAt(parts, parts.length - 1)?.functionCall;
  const goesOn = isObject(open) && open.willContinue === true && stringOf(call.name) === '';
  const at = goesOn ? parts.length - 1 : parts.length;
  const path = [...list, at, 'functionCall'];
  const pieces = objectsOf(call.partialArgs);
  const isPartial = goesOn || call.willContinue === true || pieces.length > 0;

  if (!goesOn) {
    const { partialArgs: _, ...rest } = call;
    const args = isObject(call.args) ? call.args : {};
    state.push(list, { ...part, functionCall: isPartial ? { ...rest, args } : call });
  } else {
    for (const [name, value] of factsOf(part, new Set(['functionCall'])))
      state.set([...list, at, name], value);
    if (isObject(call.args))
      for (const [name, value] of factsOf(call.args, new Set()))
        state.set([...path, 'args', name], value);
  }
  for (const piece of pieces) applyPartialArg(piece, [...path, 'args'], state);
  if (isPartial && call.willContinue !== true) state.remove([...path, 'willContinue']);

  const now = objectAt(partsOf(state.root, candidate), at)?.functionCall;
  const args = isObject(now) ? now.args : undefined;
  const isWhole = !isPartial || call.willContinue !== true;
  const lane = { kind: 'function_arguments' as const, outputIndex: candidate, subIndex: at };
  if (isWhole && args !== undefined) state.text(lane, null, compact(args));
}
