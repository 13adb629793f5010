import type { DialectId } from '../dialects/dialect.ts';
import { recognise } from '../dialects/dialects.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { isObject, type JsonObject, parseJson, stringOf } from '../json.ts';
import { readData } from '../sse/frame.ts';

/** Bytes at the start of a body that tell what it is. */
export const TELLING_BYTES = 256 * 1024;

/** What the events of a body say of the request that they answer. */
export interface BodyFacts {
  /** `plain` where they say nothing. */
  dialect: DialectId;
  /** The model that answered, `''` where none is named. */
  model: string;
}

/** What the first events of a body say. */
export function bodyFacts(body: Uint8Array): BodyFacts {
  let dialect: DialectId | null = null;
  let model = '';
  const reader = new FrameReader({
    frame(frame, bytes, base) {
      if ((dialect !== null && model !== '') || frame.kind !== 'event') return;
      const event = parseJson(readData(frame, bytes, base));
      if (!isObject(event)) return;
      dialect ??= recognise(event, frame.name);
      model ||= modelOf(event);
    },
    deviation: () => undefined,
  });
  reader.push(body.subarray(0, TELLING_BYTES));
  reader.end();
  return { dialect: dialect ?? 'plain', model };
}

/** Chat, Ollama and Gemini name it in each event, Responses and Messages in the object that they begin with. */
function modelOf({ model, modelVersion, response, message }: JsonObject): string {
  const holder = isObject(response) ? response : isObject(message) ? message : {};
  return stringOf(model) || stringOf(modelVersion) || stringOf(holder.model);
}
