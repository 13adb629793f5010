import { isObject, type JsonObject, parseJson, stringOf } from '../json.ts';
import { differingMembers } from './fingerprint.ts';
import { schemaFault } from './output-schema.ts';
import type { ResponseFacts } from './response-facts.ts';
import type { Rule } from './rule.ts';
import { phrase } from './wording.ts';

const responses = { dialects: ['responses'] } as const;

/** What a whole item or response has to be. */
export const FINAL_RULES: readonly Rule<ResponseFacts>[] = [
  {
    ...responses,
    id: 'X1',
    title: 'the final response holds what was streamed',
    level: 'observed',
    severity: 'error',
    basis:
      'All 100 items of the recordings of OpenAI are the same in `output_item.done` and in the final `output`, but for `encrypted_content` and `fingerprint`, which are made anew.',
    clients:
      'The `stream()` helper of the `openai` package (6.49) takes the final response, so what is not in it is lost; without an `output` list it throws a TypeError. A program that collects items has another answer.',
    explanation:
      'An item is not the one that was done, or `output` has more or fewer items than were streamed. The backend of ChatGPT sends an empty `output`. Nothing is expected of a response that failed.',
    checks: {
      final({ items, response, type, isJoined }, report) {
        if (!response || type === 'response.failed') return;
        const { output } = response;
        // What was neither added nor done may be a wrong index, which was told, and no item.
        const streamed = [...items.values()].filter(
          ({ isImplied, isOpen }) => isJoined || !isImplied || !isOpen,
        );
        const count = streamed.length;
        if (!Array.isArray(output)) {
          report(`${type} has no output list; ${count} items were streamed.`);
          return;
        }
        const isOther = output.length !== count && output.length !== items.size;
        if (isOther && !(isJoined && output.length > count)) {
          report(`${type} has an output of ${output.length} items; ${count} were streamed.`);
          return;
        }
        const isWhole = output.length === count;
        const sorted = streamed.sort((a, b) => a.outputIndex - b.outputIndex);
        sorted.forEach((item, at) => {
          if (!item.prints) return;
          const index = isWhole ? at : item.outputIndex;
          const names = differingMembers(item.prints, output[index]);
          if (names.length > 0)
            report(
              `output[${index}] is not the item that was done: it differs in ${names.join(', ')}`,
            );
        });
      },
    },
  },
  {
    ...responses,
    id: 'X2',
    title: 'the arguments of a function are JSON',
    level: 'must',
    severity: 'error',
    basis:
      'The types of the `openai` package: `arguments` is a JSON text. No claim is made where the call is incomplete.',
    clients:
      '`JSON.parse` in the `parse` helpers of the `openai` package (6.49) throws for strict functions; other programs do it themselves.',
    explanation: 'The arguments of a completed function call do not parse.',
    checks: {
      'item-done'({ event, item, isTextSaid }, report) {
        const done = event.item;
        if (
          isTextSaid ||
          !isObject(done) ||
          done.type !== 'function_call' ||
          item?.isOpen === false
        )
          return;
        if (!isWhole(done)) return;
        if (parseJson(stringOf(done.arguments)) === undefined)
          report(`The arguments of ${phrase(done.name)} are not JSON: ${phrase(done.arguments)}`);
      },
    },
  },
  {
    ...responses,
    id: 'X3',
    title: 'a strict output is valid by its schema',
    level: 'must',
    severity: 'error',
    basis:
      'The guide to structured outputs: with `strict: true` the text of the answer is valid by the schema, unless the model refuses or is cut short.',
    clients:
      'The `parse` helpers of the `openai` package (6.49) parse the text as JSON, and throw where it is none; the schema is checked by the program (zod), if at all.',
    explanation:
      'The request, or the response, has a `text.format` of the type `json_schema` with `strict: true`, and the text of a completed message is no JSON or not valid. Messages of the phase `commentary` and refusals are left alone. The schema is read from the response, which repeats it, else from the request. What the check of the stream cannot judge is not reported.',
    checks: {
      'item-done'({ event, format, item, isTextSaid }, report) {
        const done = event.item;
        if (isTextSaid || !format || !isObject(done) || item?.isOpen === false) return;
        if (format.type !== 'json_schema' || format.strict !== true || !isWhole(done)) return;
        if (done.type !== 'message' || !isAnswer(done) || !Array.isArray(done.content)) return;
        const parts = done.content.filter(isObject);
        if (parts.some(({ type }) => type === 'refusal')) return;
        for (const part of parts) {
          if (part.type !== 'output_text') continue;
          const fault = schemaFault(format, stringOf(part.text));
          if (fault !== null) report(`The output is not valid by ${phrase(format.name)}: ${fault}`);
        }
      },
    },
  },
  {
    ...responses,
    id: 'X5',
    title: 'padding stands on deltas only',
    level: 'must',
    severity: 'warning',
    basis:
      'The description of `stream_options.include_obfuscation`: a random field `obfuscation` on delta events, none where it is false.',
    clients: 'All clients ignore the field.',
    explanation:
      'An event that is no delta has `obfuscation`, or a delta has it though the request does not want it (told once a response).',
    checks: {
      every(facts, report) {
        const { event, type, request } = facts;
        if (event.obfuscation === undefined) return;
        if (!type.endsWith('.delta')) report(`${type} has obfuscation; it is no delta.`);
        else if (request?.obfuscation === false && !facts.isPaddingSaid) {
          facts.isPaddingSaid = true;
          report('The delta has obfuscation; the request asks for none.');
        }
      },
    },
  },
];

function isWhole({ status }: JsonObject): boolean {
  return status === undefined || status === null || status === 'completed';
}

function isAnswer({ phase }: JsonObject): boolean {
  return phase === undefined || phase === null || phase === 'final_answer';
}
