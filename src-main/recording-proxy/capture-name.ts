import { apiOfUrl } from '../../src-core/apis.ts';
import type { CapturedRequest } from '../../src-core/capture.ts';
import { isObject, parseJson, stringOf } from '../../src-core/json.ts';
import { formatOf } from '../../src-core/request-body/format-place.ts';

/** What the list calls an exchange until the person renames it: model and schema, else method and path. */
export function captureName({ method, url, body }: CapturedRequest): string {
  const path = url.replace(/^\w+:\/\/[^/?#]*/, '').split(/[?#]/, 1)[0]!;
  const value = parseJson(body);
  const said = isObject(value) ? value : {};
  const api = apiOfUrl(url)?.api;
  // Gemini, and Azure's deployments, name it in the path.
  const inPath = /\/(?:models|deployments)\/([^/:]+)(?=[:/])/.exec(path)?.[1] ?? '';
  const model = stringOf(said.model) || inPath;
  if (!model) return `${method} ${path || '/'}`.slice(0, 200);
  const schema = api && isObject(value) ? stringOf(formatOf(api, value)?.name) : '';
  return [model, schema].filter(Boolean).join(' · ').slice(0, 200);
}
