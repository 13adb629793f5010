import type { CapturedRequest } from '../capture.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';

/** What a request asked of its stream, as far as rules depend on it. */
export interface RequestFacts {
  /** False: no padding was wanted. */
  obfuscation: boolean;
  background: boolean;
  /** The sequence number after which a stream was to be resumed, null where it was not. */
  startingAfter: number | null;
  /** `text.format`, null where the request has none. */
  format: JsonObject | null;
}

/**
 * Reads them from a request to the Responses API: the body of `POST /responses`, or the query of
 * `GET /responses/{id}?stream=true`. Null where there is no request.
 */
export function requestFacts(
  request: Pick<CapturedRequest, 'url' | 'body'> | null,
): RequestFacts | null {
  if (!request) return null;
  const query = queryOf(request.url);
  const value = parseJson(request.body);
  const body = isObject(value) ? value : {};
  const options = isObject(body.stream_options) ? body.stream_options : {};
  const text = isObject(body.text) ? body.text : {};
  const after = query.get('starting_after') ?? '';
  return {
    obfuscation:
      options.include_obfuscation !== false && query.get('include_obfuscation') !== 'false',
    background: body.background === true,
    startingAfter: /^\d+$/.test(after) ? Number(after) : null,
    format: isObject(text.format) ? text.format : null,
  };
}

function queryOf(url: string): Map<string, string> {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  const pairs = query.split('&').map((pair): [string, string] => {
    const [name = '', value = ''] = pair.split('=', 2);
    return [name, value];
  });
  return new Map(pairs);
}
