import type { DialectId } from '../dialects/dialect.ts';
import { isObject, type JsonObject, type JsonValue, stringOf } from '../json.ts';
import type { AskedFor } from './asked-for.ts';
import { isOpenAi } from './provider.ts';
import type { Attributes } from './span-facts.ts';

/** Where the parameters of a dialect stand in its request. */
interface Parameters {
  maxTokens: JsonValue | undefined;
  temperature: JsonValue | undefined;
  topP: JsonValue | undefined;
  /** A level in words: budgets of tokens are none. */
  reasoning: JsonValue | undefined;
  output: string | null;
}

/** The attributes that a request gives: those that are not in it are left out. */
export function requestAttributes(asked: AskedFor, provider: string): Attributes {
  const { body, dialect, model, isStream, server } = asked;
  const found = parametersOf(dialect, body);
  const prompt = isObject(body.prompt) ? body.prompt : {};
  const attributes: Attributes = {};
  const put = (name: string, value: unknown): void => {
    if (typeof value === 'string' ? value !== '' : typeof value === 'boolean')
      attributes[name] = value as string | boolean;
    else if (typeof value === 'number' && Number.isFinite(value)) attributes[name] = value;
  };
  put('gen_ai.request.model', model);
  if (isStream) put('gen_ai.request.stream', true);
  if (Number.isSafeInteger(found.maxTokens)) put('gen_ai.request.max_tokens', found.maxTokens);
  put('gen_ai.request.temperature', numberOf(found.temperature));
  put('gen_ai.request.top_p', numberOf(found.topP));
  put('gen_ai.request.reasoning.level', stringOf(found.reasoning));
  put('gen_ai.request.previous_response.id', stringOf(body.previous_response_id));
  put('gen_ai.output.type', found.output);
  put('gen_ai.conversation.id', idOf(body.conversation));
  put('gen_ai.prompt.name', stringOf(prompt.id));
  put('gen_ai.prompt.version', stringOf(prompt.version));
  put('server.address', server?.host);
  put('server.port', server?.port);
  if (!isOpenAi(provider)) return attributes;
  if (dialect === 'responses') put('openai.api.type', 'responses');
  if (dialect === 'chat') put('openai.api.type', 'chat_completions');
  put('openai.request.service_tier', stringOf(body.service_tier));
  return attributes;
}

function parametersOf(dialect: DialectId, body: JsonObject): Parameters {
  const { temperature, top_p: topP } = body;
  switch (dialect) {
    case 'responses':
      return {
        maxTokens: body.max_output_tokens,
        temperature,
        topP,
        reasoning: within(body.reasoning).effort,
        output: formatType(within(body.text).format),
      };
    case 'messages':
      return {
        maxTokens: body.max_tokens,
        temperature,
        topP,
        reasoning: within(body.output_config).effort,
        output: formatType(within(body.output_config).format ?? body.output_format),
      };
    case 'gemini':
      return ofGemini(within(body.generationConfig ?? body.generation_config));
    case 'ollama': {
      const options = within(body.options);
      return {
        maxTokens: options.num_predict,
        temperature: options.temperature,
        topP: options.top_p,
        reasoning: body.think,
        output: body.format === 'json' || isObject(body.format) ? 'json' : null,
      };
    }
    default:
      return {
        maxTokens: body.max_completion_tokens ?? body.max_tokens,
        temperature,
        topP,
        reasoning: body.reasoning_effort ?? within(body.reasoning).effort,
        output: modalityOf(body.modalities) ?? formatType(body.response_format),
      };
  }
}

/** Its JSON is written in either case of names. */
function ofGemini(config: JsonObject): Parameters {
  const thinking = within(config.thinkingConfig ?? config.thinking_config);
  const mime = stringOf(config.responseMimeType ?? config.response_mime_type);
  const modality = modalityOf(config.responseModalities ?? config.response_modalities);
  const text = mime === 'text/plain' ? 'text' : null;
  return {
    maxTokens: config.maxOutputTokens ?? config.max_output_tokens,
    temperature: config.temperature,
    topP: config.topP ?? config.top_p,
    reasoning: thinking.thinkingLevel ?? thinking.thinking_level,
    output: modality ?? (mime === 'application/json' ? 'json' : text),
  };
}

/** `json_schema` and `json_object` ask for JSON. */
function formatType(format: JsonValue | undefined): string | null {
  const type = stringOf(within(format).type);
  if (type.startsWith('json')) return 'json';
  return type === 'text' ? 'text' : null;
}

/** What is asked for beside text. */
function modalityOf(list: JsonValue | undefined): string | null {
  const names = Array.isArray(list) ? list.map((name) => stringOf(name).toLowerCase()) : [];
  if (names.includes('audio')) return 'speech';
  return names.includes('image') ? 'image' : null;
}

/** A conversation is named by its id, or is an object that has one. */
export function idOf(value: JsonValue | undefined): string {
  return stringOf(value) || stringOf(within(value).id);
}

function within(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function numberOf(value: JsonValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
