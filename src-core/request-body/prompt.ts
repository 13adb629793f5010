import type { Api } from '../apis.ts';
import { isObject, type JsonObject, type JsonValue, stringOf } from '../json.ts';
import { valueText, withNode, withoutValue, withValue } from '../json-edit.ts';
import { nodeAt, nodeAtKeys, scanJsonText } from '../json-text.ts';

/** What a request says to the model, as far as it is plain text. */
export interface Prompt {
  /** What the model is told about its task, '' for nothing; null where it is no text. */
  instructions: string | null;
  /** What it is asked, '' for nothing; null where it is a conversation, or has more than text. */
  input: string | null;
  /** Items of the input, or messages of the conversation. */
  count: number;
}

export function promptOf(api: Api, body: JsonObject): Prompt {
  if (api === 'responses') {
    const { instructions, input } = body;
    return {
      instructions: plain(instructions),
      input: plain(input),
      count: Array.isArray(input) ? input.length : 0,
    };
  }
  const list = body.messages ?? [];
  const messages = Array.isArray(list) ? list : null;
  const told = messages && api === 'chat' ? instructionsAt(messages) : -1;
  const asked = (messages ?? []).filter((_message, at) => at !== told);
  const [only] = asked;
  const isText =
    asked.length === 0 || (asked.length === 1 && isObject(only) && only.role === 'user');
  const system =
    api === 'messages' ? body.system : told < 0 ? '' : contentOf((messages ?? [])[told]);
  return {
    instructions: messages || api === 'messages' ? plain(system) : null,
    input: messages && isText ? plain(only === undefined ? '' : contentOf(only)) : null,
    count: messages?.length ?? 0,
  };
}

/**
 * The body's text with other instructions, the rest of it as it stands; '' takes them out.
 * @param text a JSON object
 */
export function withInstructions(api: Api, text: string, body: JsonObject, value: string): string {
  if (api !== 'chat') {
    const path = [api === 'messages' ? 'system' : 'instructions'];
    return value === '' ? withoutValue(text, path) : put(text, path, value);
  }
  const messages = Array.isArray(body.messages) ? body.messages : [];
  const at = instructionsAt(messages);
  if (value === '')
    return at < 0 ? text : withMessages(text, (all) => all.filter((_one, own) => own !== at));
  if (at >= 0) return withContent(text, at, value);
  return withMessages(text, (all) => [messageText('system', value), ...all]);
}

/** The body's text with another input. */
export function withInput(api: Api, text: string, body: JsonObject, value: string): string {
  if (api === 'responses') return put(text, ['input'], value);
  const messages = Array.isArray(body.messages) ? body.messages : [];
  const at = messages.findIndex((message) => isObject(message) && message.role === 'user');
  if (at >= 0) return withContent(text, at, value);
  return withMessages(text, (all) => [...all, messageText('user', value)]);
}

/** Where the input stands, to show it: keys, and indexes as texts. */
export const inputPath = (api: Api): readonly string[] =>
  api === 'responses' ? ['input'] : ['messages'];

function instructionsAt(messages: readonly JsonValue[]): number {
  const [first] = messages;
  return isObject(first) && /^(?:system|developer)$/.test(stringOf(first.role)) ? 0 : -1;
}

function contentOf(message: JsonValue | undefined): JsonValue | undefined {
  return isObject(message) ? message.content : undefined;
}

function plain(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : null;
}

function put(text: string, path: readonly string[], value: string): string {
  const { root } = scanJsonText(text);
  return root ? withValue(text, root, path, JSON.stringify(value)) : text;
}

function withContent(text: string, at: number, value: string): string {
  const { root } = scanJsonText(text);
  const message = root && nodeAtKeys(root, ['messages', String(at)]);
  if (!message) return text;
  const content = nodeAt(message, ['content']);
  if (content) return withNode(text, content, JSON.stringify(value));
  const own = valueText(text, message);
  const scanned = scanJsonText(own).root;
  return scanned
    ? withNode(text, message, withValue(own, scanned, ['content'], JSON.stringify(value)))
    : text;
}

/** The list of messages made anew of the texts of its elements. */
function withMessages(text: string, change: (all: string[]) => string[]): string {
  const { root } = scanJsonText(text);
  if (!root) return text;
  const list = nodeAt(root, ['messages']);
  const all = list?.kind === 'array' ? list.items.map((item) => valueText(text, item)) : [];
  return withValue(text, root, ['messages'], listText(change(all)));
}

function messageText(role: string, content: string): string {
  return JSON.stringify({ role, content }, null, 2);
}

/** A list of values on lines of their own. */
export function listText(values: readonly string[]): string {
  if (values.length === 0) return '[]';
  const lines = values.map((one) => `\n  ${one.replaceAll('\n', '\n  ')}`);
  return `[${lines.join(',')}\n]`;
}
