import { objectsOf } from '../dialects/facts.ts';
import { isObject, type JsonObject, type JsonValue, parseJson, stringOf } from '../json.ts';

/** A message as the conventions have it (their `gen-ai-input-messages.json`). */
export interface Message extends JsonObject {
  role: string;
  parts: JsonObject[];
}

/** A text in a message. */
export function textPart(content: string): JsonObject {
  return { type: 'text', content };
}

export function reasoningPart(content: string): JsonObject {
  return { type: 'reasoning', content };
}

/** A call of a tool; arguments that are the text of JSON are given as its value. */
export function callPart(
  id: JsonValue | undefined,
  name: string,
  given: JsonValue | undefined,
): JsonObject {
  const value = typeof given === 'string' ? (parseJson(given) ?? given) : given;
  return { type: 'tool_call', ...idOf(id), name, ...(value !== undefined && { arguments: value }) };
}

/** What a tool answered. */
export function answerPart(id: JsonValue | undefined, response: JsonValue | undefined): JsonObject {
  return { type: 'tool_call_response', ...idOf(id), response: response ?? null };
}

function idOf(id: JsonValue | undefined): JsonObject {
  return typeof id === 'string' && id !== '' ? { id } : {};
}

/** The content of a message: a text, or a list of parts of any dialect. */
export function contentParts(content: JsonValue | undefined): JsonObject[] {
  if (typeof content === 'string') return content === '' ? [] : [textPart(content)];
  return objectsOf(content).map(partOf);
}

/** A part of a message in the form of the conventions; one that they do not know stays as it is. */
export function partOf(part: JsonObject): JsonObject {
  const { type } = part;
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'summary_text':
      return textPart(stringOf(part.text));
    case 'reasoning_text':
    case 'thinking':
      return reasoningPart(stringOf(part.text) || stringOf(part.thinking));
    case 'tool_use':
      return callPart(part.id, stringOf(part.name), part.input);
    case 'tool_result':
      return answerPart(part.tool_use_id, part.content);
    case 'image_url':
    case 'input_image': {
      const url = isObject(part.image_url) ? part.image_url.url : part.image_url;
      return mediaPart('image', url, part.file_id) ?? part;
    }
    case 'image':
    case 'document': {
      const source = isObject(part.source) ? part.source : {};
      const modality = type === 'image' ? 'image' : 'document';
      if (source.type !== 'base64') return mediaPart(modality, source.url, source.file_id) ?? part;
      return blobPart(modality, source.media_type, source.data);
    }
    case 'input_audio': {
      const audio = isObject(part.input_audio) ? part.input_audio : {};
      return blobPart('audio', audio.format && `audio/${stringOf(audio.format)}`, audio.data);
    }
    default:
      return { ...part, type: stringOf(type) || 'unknown' };
  }
}

/** A part of Gemini's: what it is, its only member says. */
export function geminiPart(part: JsonObject): JsonObject {
  const call = part.functionCall ?? part.function_call;
  const answer = part.functionResponse ?? part.function_response;
  const inline = part.inlineData ?? part.inline_data;
  const file = part.fileData ?? part.file_data;
  if (isObject(call)) return callPart(call.id, stringOf(call.name), call.args);
  if (isObject(answer)) return answerPart(answer.id, answer.response);
  if (isObject(inline)) {
    const mime = inline.mimeType ?? inline.mime_type;
    return blobPart(modalityOf(stringOf(mime)), mime, inline.data);
  }
  if (isObject(file)) {
    const mime = stringOf(file.mimeType ?? file.mime_type);
    return mediaPart(modalityOf(mime), file.fileUri ?? file.file_uri, undefined) ?? part;
  }
  if (typeof part.text === 'string')
    return part.thought === true ? reasoningPart(part.text) : textPart(part.text);
  return { ...part, type: Object.keys(part)[0] ?? 'unknown' };
}

const DATA_URL = /^data:([^;,]*)(?:;[^,]*)?;base64,/i;

/** Something that is not text, by its address or the id of a file; null where it has neither. */
function mediaPart(
  modality: string,
  url: JsonValue | undefined,
  file: JsonValue | undefined,
): JsonObject | null {
  if (typeof file === 'string' && file !== '') return { type: 'file', modality, file_id: file };
  if (typeof url !== 'string' || url === '') return null;
  const data = DATA_URL.exec(url);
  if (!data) return { type: 'uri', modality, uri: url };
  return blobPart(modality, data[1], url.slice(data[0].length));
}

function blobPart(
  modality: string,
  mime: JsonValue | undefined,
  content: JsonValue | undefined,
): JsonObject {
  const named = typeof mime === 'string' && mime !== '' ? { mime_type: mime } : {};
  return { type: 'blob', ...named, modality, content: stringOf(content) };
}

function modalityOf(mime: string): string {
  const kind = mime.replace(/\/.*$/s, '');
  return ['image', 'video', 'audio'].includes(kind) ? kind : 'document';
}
