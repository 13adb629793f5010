import { objectsOf } from '../dialects/facts.ts';
import { isObject, type JsonObject, type JsonValue, stringOf } from '../json.ts';
import type { AskedFor } from './asked-for.ts';
import {
  answerPart,
  callPart,
  contentParts,
  geminiPart,
  type Message,
  reasoningPart,
  textPart,
} from './message-parts.ts';

/** What stands beside the messages; instructions among them stay there. */
export function systemInstructions({ dialect, body }: AskedFor): JsonObject[] {
  switch (dialect) {
    case 'responses':
      return contentParts(body.instructions);
    case 'messages':
    case 'ollama':
      return contentParts(body.system);
    case 'gemini': {
      const system = body.systemInstruction ?? body.system_instruction;
      return isObject(system) ? objectsOf(system.parts).map(geminiPart) : [];
    }
    default:
      return [];
  }
}

/** The history that a request sends, in its order. */
export function inputMessages({ dialect, body }: AskedFor): Message[] {
  switch (dialect) {
    case 'responses':
      if (typeof body.input === 'string') return userMessage(body.input);
      return objectsOf(body.input).map(itemMessage);
    case 'gemini':
      return objectsOf(body.contents).map(({ role, parts }) => ({
        role: role === 'model' ? 'assistant' : stringOf(role) || 'user',
        parts: objectsOf(parts).map(geminiPart),
      }));
    default:
      if (body.messages === undefined && typeof body.prompt === 'string')
        return userMessage(body.prompt);
      return objectsOf(body.messages).map(chatMessage);
  }
}

function userMessage(text: string): Message[] {
  return text === '' ? [] : [{ role: 'user', parts: [textPart(text)] }];
}

/** A message of Chat Completions, Messages or Ollama. */
export function chatMessage(message: JsonObject): Message {
  const { role, content, tool_calls: calls, tool_call_id: id } = message;
  if (role === 'tool') return { role: 'tool', parts: [answerPart(id, content)] };
  const thought =
    stringOf(message.reasoning_content) ||
    stringOf(message.reasoning) ||
    stringOf(message.thinking);
  const refusal = stringOf(message.refusal);
  const images = Array.isArray(message.images) ? message.images : [];
  return {
    role: stringOf(role) || 'user',
    parts: [
      ...(thought === '' ? [] : [reasoningPart(thought)]),
      ...contentParts(content),
      ...(refusal === '' ? [] : [{ type: 'refusal', content: refusal }]),
      ...images.map(imagePart),
      ...objectsOf(calls).map(toolCall),
    ],
  };
}

/** Ollama's images are base64 texts; others have objects. */
function imagePart(image: JsonValue): JsonObject {
  if (typeof image === 'string') return { type: 'blob', modality: 'image', content: image };
  return contentParts([image])[0] ?? { type: 'unknown' };
}

function toolCall(call: JsonObject): JsonObject {
  const called = isObject(call.function) ? call.function : isObject(call.custom) ? call.custom : {};
  return callPart(call.id, stringOf(called.name), called.arguments ?? called.input);
}

/** An item of the Responses API, whether it is sent or answered. */
export function itemMessage(item: JsonObject): Message {
  const type = stringOf(item.type) || 'message';
  if (type === 'message')
    return { role: stringOf(item.role) || 'user', parts: contentParts(item.content) };
  if (/_call_output$/.test(type))
    return { role: 'tool', parts: [answerPart(item.call_id, item.output)] };
  return { role: 'assistant', parts: itemParts(item) };
}

/** The parts that an item of an answer amounts to. */
export function itemParts(item: JsonObject): JsonObject[] {
  switch (item.type) {
    case 'message':
      return contentParts(item.content);
    case 'reasoning':
      return [...objectsOf(item.summary), ...objectsOf(item.content)].map((part) =>
        reasoningPart(stringOf(part.text)),
      );
    case 'function_call':
      return [callPart(item.call_id ?? item.id, stringOf(item.name), item.arguments)];
    case 'custom_tool_call':
      return [callPart(item.call_id ?? item.id, stringOf(item.name), item.input)];
    default:
      return [{ ...item, type: stringOf(item.type) || 'unknown' }];
  }
}
