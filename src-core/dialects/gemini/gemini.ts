import { isObject, type JsonObject } from '../../json.ts';
import type { Dialect, LanePlace, Usage } from '../dialect.ts';
import { countOf, objectAt, objectsOf, sumOf } from '../facts.ts';
import { geminiKindOf, geminiSummary, geminiTypeOf } from './events.ts';
import { reduceGemini } from './reduce.ts';

/** `streamGenerateContent` of the Gemini API and of Vertex AI, as event stream or JSON array. */
export const gemini: Dialect = {
  id: 'gemini',
  title: 'Gemini',
  endsWith: 'a finishReason',
  recognise,
  typeOf: geminiTypeOf,
  kindOf: geminiKindOf,
  summary: geminiSummary,
  reduce: reduceGemini,
  usage: usageOf,
  itemOf,
};

function recognise(event: JsonObject): 0 | 1 | 2 {
  const candidates = objectsOf(event.candidates);
  const fits = candidates.some(({ content, finishReason }) => isObject(content) || finishReason);
  if (fits || isObject(event.promptFeedback)) return 2;
  return isObject(event.usageMetadata) ? 1 : 0;
}

/** Thoughts are counted beside the candidates, and what tools put into the prompt beside the prompt. */
function usageOf(root: JsonObject | null): Usage | null {
  const usage = root?.usageMetadata;
  if (!isObject(usage)) return null;
  return {
    input: sumOf(usage.promptTokenCount, usage.toolUsePromptTokenCount),
    output: sumOf(usage.candidatesTokenCount, usage.thoughtsTokenCount),
    total: countOf(usage.totalTokenCount),
    cached: countOf(usage.cachedContentTokenCount),
    reasoning: countOf(usage.thoughtsTokenCount),
  };
}

/** The function call of arguments, else the part. */
function itemOf(root: JsonObject, lane: LanePlace): JsonObject | null {
  const content = objectAt(root.candidates, lane.outputIndex)?.content;
  const part = isObject(content) ? objectAt(content.parts, lane.subIndex) : null;
  if (part === null || lane.kind !== 'function_arguments') return part;
  return isObject(part.functionCall) ? part.functionCall : part;
}
