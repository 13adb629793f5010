import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import type { EventKind } from '../../responses/event-types.ts';
import type { Summary } from '../../summary.ts';
import { countOf, errorText } from '../facts.ts';
import { compact, fragment, membersOf, tokens, words } from '../line.ts';
import { nameOf } from './reduce.ts';

const kinds: Record<string, EventKind> = {
  message_start: 'lifecycle',
  message_delta: 'lifecycle',
  message_stop: 'lifecycle',
  '[DONE]': 'lifecycle',
  content_block_start: 'item',
  content_block_stop: 'item',
  text_delta: 'text',
  citations_delta: 'part',
  thinking_delta: 'reasoning',
  signature_delta: 'reasoning',
  compaction_delta: 'reasoning',
  input_json_delta: 'arguments',
  error: 'error',
};

export function messagesKindOf(type: string): EventKind {
  return kinds[type] ?? 'other';
}

/** A delta is listed under its own type: `content_block_delta` says nothing of what it brings. */
export function messagesTypeOf(value: JsonValue | undefined, name: string, text: string): string {
  if (!isObject(value)) return text === '[DONE]' ? '[DONE]' : name || 'message';
  if (value.type === 'content_block_delta' && isObject(value.delta))
    return stringOf(value.delta.type) || 'content_block_delta';
  return stringOf(value.type) || name || 'message';
}

export function messagesSummary(type: string, data: string, value: JsonValue | undefined): Summary {
  if (!isObject(value)) return words(data);
  const delta = isObject(value.delta) ? value.delta : {};
  switch (type) {
    case 'text_delta':
      return fragment(stringOf(delta.text));
    case 'thinking_delta':
      return fragment(stringOf(delta.thinking));
    case 'input_json_delta':
      return fragment(stringOf(delta.partial_json));
    case 'compaction_delta':
      return fragment(stringOf(delta.content));
    case 'signature_delta':
      return words(`${stringOf(delta.signature).length} characters`);
    case 'citations_delta':
      return words(citationLine(isObject(delta.citation) ? delta.citation : {}));
    case 'message_start': {
      const message = isObject(value.message) ? value.message : {};
      return words([stringOf(message.model), usageLine(message.usage)].filter(Boolean).join(' · '));
    }
    case 'message_delta':
      return words(
        [stringOf(delta.stop_reason), usageLine(value.usage)].filter(Boolean).join(' · '),
      );
    case 'content_block_start':
      return isObject(value.content_block) ? blockLine(value.content_block) : words('');
    case 'content_block_stop':
      return words(typeof value.index === 'number' ? `block ${value.index}` : '');
    case 'error':
      return words(errorText(value.error ?? value));
    case 'ping':
    case 'message_stop':
      return words('');
    default:
      return words(membersOf(value));
  }
}

function blockLine(block: JsonObject): Summary {
  const { type, content } = block;
  const held = isObject(content) ? stringOf(content.type) : '';
  return words([stringOf(type), held].filter(Boolean).join(' · '), nameOf(block));
}

function citationLine(citation: JsonObject): string {
  const cited = stringOf(citation.cited_text) || stringOf(citation.title);
  return [stringOf(citation.type), cited || compact(citation)].filter(Boolean).join(' ');
}

function usageLine(usage: JsonValue | undefined): string {
  if (!isObject(usage)) return '';
  return tokens(countOf(usage.input_tokens), countOf(usage.output_tokens), null);
}
