import type { JsonObject } from '../json.ts';

/** Events in a few words, for tests that read like a stream. */
export const created: JsonObject = {
  type: 'response.created',
  response: { id: 'resp_1', object: 'response', status: 'in_progress', model: 'm-1', output: [] },
};

export function itemAdded(outputIndex: number, item: JsonObject): JsonObject {
  return { type: 'response.output_item.added', output_index: outputIndex, item };
}

export function itemDone(outputIndex: number, item: JsonObject): JsonObject {
  return { type: 'response.output_item.done', output_index: outputIndex, item };
}

export function message(...texts: string[]): JsonObject {
  const content = texts.map((text) => ({ type: 'output_text', text, annotations: [] }));
  return { id: 'msg', type: 'message', role: 'assistant', content };
}

export function partAdded(outputIndex: number, contentIndex: number): JsonObject {
  const part = { type: 'output_text', text: '', annotations: [] };
  const place = { output_index: outputIndex, content_index: contentIndex };
  return { type: 'response.content_part.added', ...place, part };
}

export function text(delta: string, outputIndex = 0, contentIndex = 0): JsonObject {
  const place = { output_index: outputIndex, content_index: contentIndex };
  return { type: 'response.output_text.delta', ...place, delta };
}

export function textDone(whole: string, outputIndex = 0, contentIndex = 0): JsonObject {
  const place = { output_index: outputIndex, content_index: contentIndex };
  return { type: 'response.output_text.done', ...place, text: whole };
}

export function ended(
  status: 'completed' | 'incomplete' | 'failed',
  facts: JsonObject = {},
): JsonObject {
  const response = { id: 'resp_1', object: 'response', status, model: 'm-1', ...facts };
  return { type: `response.${status}`, response };
}
