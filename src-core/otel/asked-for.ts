import type { CaptureMeta } from '../capture.ts';
import type { DialectId } from '../dialects/dialect.ts';
import type { EventIndex } from '../index/event-index.ts';
import { isObject, type JsonObject, parseJson, stringOf } from '../json.ts';

/** What a request asks for, in whatever dialect. */
export interface AskedFor {
  /** `fetch_response`: a response that is kept on the server is read once more. */
  operation: 'chat' | 'fetch_response';
  /** What the events speak, else what the request looks like. */
  dialect: DialectId;
  /** `''` where nothing was asked for by name. */
  model: string;
  /** Whether the answer was to be streamed. */
  isStream: boolean;
  /** `{}` where there is none, or it is no object. */
  body: JsonObject;
  /** Where it went: behind a recording proxy, its upstream. Null where that is not known. */
  server: { host: string; port: number } | null;
  path: string;
}

const ADDRESS =
  /^(https?):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?/i;

/** Reads the request of a capture, and where it has none, what its events speak. */
export function askedFor(meta: CaptureMeta, index: EventIndex): AskedFor {
  const { request } = meta;
  const parsed = request ? parseJson(request.body) : undefined;
  const body = isObject(parsed) ? parsed : {};
  const address = ADDRESS.exec(request?.url ?? '');
  const path = address?.[4] ?? (request?.url ?? '').replace(/[?#].*$/s, '');
  const query = address?.[5] ?? /\?([^#]*)/.exec(request?.url ?? '')?.[1] ?? '';
  const dialect = index.dialect === 'plain' ? dialectOfRequest(path, body) : index.dialect;
  const isFetch = request?.method.toUpperCase() === 'GET' && /\/responses\/[^/]+$/.test(path);
  return {
    operation: isFetch ? 'fetch_response' : 'chat',
    dialect,
    model: stringOf(body.model) || modelOfPath(path),
    isStream: request !== null && isStreamed(dialect, body, path, query),
    body,
    server: serverOf(meta),
    path,
  };
}

/** Gemini and older Azure have the model in the path. */
function modelOfPath(path: string): string {
  const found = /\/models\/([^/:]+):\w+$/.exec(path) ?? /\/deployments\/([^/]+)\//.exec(path);
  if (!found) return '';
  try {
    return decodeURIComponent(found[1]!);
  } catch {
    return found[1]!;
  }
}

function isStreamed(dialect: DialectId, body: JsonObject, path: string, query: string): boolean {
  if (body.stream === true) return true;
  if (/:streamGenerateContent$/.test(path) || /(^|&)stream=true(&|$)/.test(query)) return true;
  // Ollama's own API streams unless it is told not to.
  return dialect === 'ollama' && body.stream !== false;
}

/** For requests that got no events: what they look like. */
function dialectOfRequest(path: string, body: JsonObject): DialectId {
  if (/\/responses(\/[^/]+)?$/.test(path)) return 'responses';
  if (/\/chat\/completions$/.test(path)) return 'chat';
  if (/\/messages$/.test(path)) return 'messages';
  if (/:(streamG|g)enerateContent$/.test(path)) return 'gemini';
  if (/\/api\/(chat|generate)$/.test(path)) return 'ollama';
  return Array.isArray(body.contents) ? 'gemini' : 'plain';
}

function serverOf({ request, origin }: CaptureMeta): AskedFor['server'] {
  const own = ADDRESS.exec(request?.url ?? '');
  const address = origin.kind === 'proxy' ? (ADDRESS.exec(origin.upstream) ?? own) : own;
  const host = address?.[2]?.replace(/^\[|\]$/g, '') ?? '';
  if (!address || host === '') return null;
  const port = address[3] ?? (address[1]!.toLowerCase() === 'https' ? '443' : '80');
  return { host: host.toLowerCase(), port: Number(port) };
}
