import type { Chosen } from '../../src-core/replay/choice.ts';
import type { RequestFacts } from '../../src-core/replay/request-facts.ts';
import type { Shelved } from './shelf.ts';

/** Why nothing is served: what was asked, what there is, and why the nearest is not it. */
export function missMessage(
  asked: RequestFacts,
  { misses }: Pick<Chosen<Shelved>, 'misses'>,
): string {
  const model = asked.model ? `model ${asked.model.slice(0, 100)}` : 'no model';
  const what = `${asked.method} /${asked.path.whole} (${model}, ${asked.streams ? 'a stream' : 'no stream'})`;
  const [nearest] = misses;
  if (!nearest) return `No recording answers ${what}: this server has none.`;
  const of = misses.length === 1 ? 'The only one is' : `Of ${misses.length} the nearest is`;
  return `No recording answers ${what}. ${of} ${nearest.of.name}: ${nearest.miss.reason()}.`;
}

/** An error in the shape of the API whose path was asked for. */
export function errorBody(
  { path: { tail } }: RequestFacts,
  status: number,
  message: string,
  code: string,
): object {
  if (tail === 'messages') {
    const type = status === 404 ? 'not_found_error' : 'api_error';
    return { type: 'error', error: { type, message } };
  }
  if (tail?.startsWith('models/*:'))
    return { error: { code: status, message, status: status === 404 ? 'NOT_FOUND' : 'INTERNAL' } };
  if (tail?.startsWith('api/')) return { error: message };
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return { error: { message, type, param: null, code } };
}
