import {
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  stringOf,
} from '../../src-core/json.ts';

/**
 * The error in an answer's body as a sentence, empty where it says none: `{error: {message, type, code,
 * param}}`, nested or flat; Anthropic's `{type: 'error', error: {type, message}}`; Ollama's
 * `{error: 'text'}`; Gemini's list of one; FastAPI's `{detail: [{msg, loc}]}` (vLLM); OpenRouter's with
 * the words of the provider behind it; or a text. Whatever its content type says (DeepSeek sends errors
 * as octet-stream).
 */
export function errorIn(start: string): string {
  const parsed = parseJson(start);
  const body = Array.isArray(parsed) ? parsed[0] : parsed;
  if (isObject(body)) return errorOf(body);
  const text = start.trim();
  if (text === '' || /^[<{[]/.test(text)) return '';
  return ended(shortened(text.split(/\r?\n/)[0]!));
}

function errorOf(body: JsonObject): string {
  const error = isObject(body.error) ? body.error : body;
  const message = stringOf(error.message) || stringOf(body.error) || detailText(body.detail);
  const facts = [error.code ?? error.type, error.param]
    .filter((fact) => typeof fact === 'string' || typeof fact === 'number')
    .join(', ');
  const said = message ? ended(facts ? `${message.trim()} (${facts})` : message.trim()) : facts;
  if (!said) return '';
  return [ended(said), providerText(error.metadata)].filter(Boolean).join(' ');
}

function detailText(detail: JsonValue | undefined): string {
  if (!Array.isArray(detail)) return stringOf(detail);
  const all = detail.filter(isObject).map(({ msg, loc }) => {
    const where = Array.isArray(loc) ? loc.join('.') : '';
    return [where, stringOf(msg)].filter(Boolean).join(': ');
  });
  return all.slice(0, 5).join('; ');
}

/** OpenRouter's `metadata`: who refused, and what they said, which may be JSON again. */
function providerText(metadata: JsonValue | undefined): string {
  if (!isObject(metadata)) return '';
  const raw = stringOf(metadata.raw);
  const parsed = parseJson(raw);
  const said = shortened((isObject(parsed) ? errorOf(parsed) : raw).trim());
  if (!said) return '';
  return ended(`${stringOf(metadata.provider_name) || 'The provider'} says: ${said}`);
}

function shortened(line: string): string {
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

function ended(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
