import type { DialectId } from '../dialects/dialect.ts';
import { objectsOf } from '../dialects/facts.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';

/**
 * Why each generation ended, in the order of choices or candidates; `error` where a reason was
 * expected and never came. The words are the server's own. The Responses API has none: a completed
 * response is `stop`, or `tool_call` where it ends in calls that the client has to answer; an incomplete
 * one gives its reason. Empty where nothing is known of how its streams end.
 * @param failed whether the stream broke, or its server failed
 */
export function finishReasons(
  dialect: DialectId,
  root: JsonObject | null,
  failed: boolean,
): string[] {
  if (root === null || dialect === 'plain') return failed ? ['error'] : [];
  if (dialect === 'responses') return [failed ? 'error' : ofResponse(root)];
  const found = generationsOf(dialect, root).map((reason) => reason || 'error');
  return found.length > 0 ? found : ['error'];
}

/** The reason of each generation as the stream gave it, `''` for none. */
function generationsOf(dialect: DialectId, root: JsonObject): string[] {
  switch (dialect) {
    case 'chat':
      return objectsOf(root.choices).map((choice) => stringOf(choice.finish_reason));
    case 'gemini': {
      const candidates = objectsOf(root.candidates).map((one) => stringOf(one.finishReason));
      const blocked = isObject(root.promptFeedback)
        ? stringOf(root.promptFeedback.blockReason)
        : '';
      return candidates.length > 0 || blocked === '' ? candidates : [blocked];
    }
    case 'messages':
      return [stringOf(root.stop_reason)];
    default:
      return [stringOf(root.done_reason) || (root.done === true ? 'stop' : '')];
  }
}

const CALLS = new Set(['function_call', 'custom_tool_call']);

function ofResponse(root: JsonObject): string {
  const { status, incomplete_details: details } = root;
  if (status === 'incomplete') return (isObject(details) && stringOf(details.reason)) || 'length';
  if (status !== 'completed') return 'error';
  return objectsOf(root.output).some(({ type }) => CALLS.has(stringOf(type)))
    ? 'tool_call'
    : 'stop';
}
