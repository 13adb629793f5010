import { isObject, type JsonObject, type JsonValue, stringOf } from '../../json.ts';
import type { EventKind } from '../../responses/event-types.ts';
import type { Summary } from '../../summary.ts';
import { countOf, errorText, objectsOf, sumOf } from '../facts.ts';
import { compact, fragment, membersOf, tokens, words } from '../line.ts';
import { isFrame } from './reduce.ts';

/** The types that are made of what a frame brings, since frames have none of their own. */
const kinds: Record<string, EventKind> = {
  'part.text': 'text',
  'part.thought': 'reasoning',
  'part.thoughtSignature': 'reasoning',
  'part.functionCall': 'arguments',
  'part.executableCode': 'tool',
  'part.codeExecutionResult': 'tool',
  'part.inlineData': 'part',
  part: 'part',
  groundingMetadata: 'part',
  finishReason: 'lifecycle',
  usageMetadata: 'lifecycle',
  promptFeedback: 'error',
  error: 'error',
};

export function geminiKindOf(type: string): EventKind {
  return kinds[type] ?? (type.startsWith('part.') ? 'part' : 'other');
}

const PART_MEMBERS = ['functionCall', 'executableCode', 'codeExecutionResult', 'inlineData'];

export function geminiTypeOf(value: JsonValue | undefined, name: string, text: string): string {
  if (!isObject(value)) return text === '[DONE]' ? '[DONE]' : name || 'message';
  if (name === 'error' || (value.error ?? null) !== null) return 'error';
  if (!isFrame(value)) return stringOf(value.type) || name || 'message';
  const types = partsIn(value).map(typeOfPart);
  const telling = types.find((type) => type !== '' && type !== 'part.thoughtSignature');
  if (telling !== undefined) return telling;
  const candidates = objectsOf(value.candidates);
  if (candidates.some(({ finishReason }) => stringOf(finishReason) !== '')) return 'finishReason';
  if (types.includes('part.thoughtSignature')) return 'part.thoughtSignature';
  if (candidates.some(({ groundingMetadata }) => isObject(groundingMetadata)))
    return 'groundingMetadata';
  if (isObject(value.promptFeedback)) return 'promptFeedback';
  return isObject(value.usageMetadata) ? 'usageMetadata' : 'message';
}

function partsIn(frame: JsonObject): JsonObject[] {
  return objectsOf(frame.candidates).flatMap(({ content }) =>
    isObject(content) ? objectsOf(content.parts) : [],
  );
}

/** '' for a text that is empty and says nothing else. */
function typeOfPart(part: JsonObject): string {
  if (typeof part.text === 'string' && part.text !== '')
    return part.thought === true ? 'part.thought' : 'part.text';
  const member = PART_MEMBERS.find((name) => isObject(part[name]));
  if (member !== undefined) return `part.${member}`;
  if (part.thoughtSignature !== undefined) return 'part.thoughtSignature';
  return 'text' in part ? '' : 'part';
}

export function geminiSummary(type: string, data: string, value: JsonValue | undefined): Summary {
  if (!isObject(value)) return words(data);
  const part = partsIn(value).find((one) => typeOfPart(one) === type) ?? {};
  switch (type) {
    case 'part.text':
    case 'part.thought':
      return fragment(
        partsIn(value)
          .filter((one) => typeOfPart(one) === type)
          .map(({ text }) => stringOf(text))
          .join(''),
      );
    case 'part.functionCall': {
      const call = isObject(part.functionCall) ? part.functionCall : {};
      return words(compact(call.args ?? call.partialArgs ?? {}), stringOf(call.name));
    }
    case 'part.executableCode':
      return words(isObject(part.executableCode) ? stringOf(part.executableCode.code) : '');
    case 'part.codeExecutionResult': {
      const result = isObject(part.codeExecutionResult) ? part.codeExecutionResult : {};
      return words(`${stringOf(result.outcome)} ${stringOf(result.output)}`.trim());
    }
    case 'part.inlineData': {
      const inline = isObject(part.inlineData) ? part.inlineData : {};
      const size = stringOf(inline.data).length;
      return words(`${stringOf(inline.mimeType)}, ${size} characters in base64`);
    }
    case 'part.thoughtSignature':
      return words(`${stringOf(part.thoughtSignature).length} characters`);
    case 'finishReason':
      return words([finishes(value), usageLine(value)].filter(Boolean).join(' · '));
    case 'usageMetadata':
      return words(usageLine(value));
    case 'promptFeedback': {
      const feedback = isObject(value.promptFeedback) ? value.promptFeedback : {};
      return words(stringOf(feedback.blockReason) || membersOf(feedback));
    }
    case 'groundingMetadata':
      return words(objectsOf(value.candidates).map(grounding).join(', '));
    case 'error':
      return words(errorText(value.error ?? value));
    default:
      return words(membersOf(value));
  }
}

function finishes(value: JsonObject): string {
  return objectsOf(value.candidates)
    .map(({ finishReason }) => stringOf(finishReason))
    .join(', ');
}

function grounding({ groundingMetadata: metadata }: JsonObject): string {
  if (!isObject(metadata)) return '';
  return `${objectsOf(metadata.groundingChunks).length} sources`;
}

function usageLine({ usageMetadata: usage }: JsonObject): string {
  if (!isObject(usage)) return '';
  return tokens(
    countOf(usage.promptTokenCount),
    sumOf(usage.candidatesTokenCount, usage.thoughtsTokenCount),
    countOf(usage.totalTokenCount),
  );
}
