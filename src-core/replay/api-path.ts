import { APIS, API_FACTS } from '../apis.ts';
import type { DialectId } from '../dialects/dialect.ts';

/** `v1`, `v1beta`, `v1beta3`. */
const VERSION = /^v\d+(?:(?:alpha|beta)\d*)?$/;
/** Where clients ask without a version before it, longest first: `completions` ends `chat/completions` as well. */
const KNOWN_TAILS = [
  ...APIS.map((api) => API_FACTS[api].path.slice(1)),
  ...['api/generate', 'api/chat', 'embeddings', 'completions', 'models'],
].sort((a, b) => b.length - a.length);

/** Gemini has its model in the path, and whether it streams. */
const GEMINI = /(?:^|\/)models\/([^/:]+):(\w+)$/;
/** Azure has it there too. */
const DEPLOYMENT = /\/deployments\/([^/]+)\//;

/** A path of a request, as far as it says what is asked for. */
export interface ApiPath {
  /** What follows the base URL, without slashes at its ends; null where it can't be told. */
  tail: string | null;
  /** All of it, likewise. */
  whole: string;
  /** The model that it names, `''` for none. */
  model: string;
}

/**
 * Reads the path of a request or of a whole URL, without its query. The base URL ends with the last segment
 * that is a version (`/v1`), else before a path that is known (`/responses`), so that what follows is the same
 * with whatever base URL a client was given.
 */
export function apiPathOf(url: string): ApiPath {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const segments = path.split('/').filter((segment) => segment !== '');
  const whole = segments.join('/');
  const gemini = GEMINI.exec(whole);
  if (gemini) return { tail: `models/*:${gemini[2]}`, whole, model: decoded(gemini[1]!) };
  const model = decoded(DEPLOYMENT.exec(`/${whole}/`)?.[1] ?? '');
  const version = segments.map((segment) => VERSION.test(segment)).lastIndexOf(true);
  const known = KNOWN_TAILS.find((tail) => endsIn(whole, tail));
  const tail = version >= 0 ? segments.slice(version + 1).join('/') : (known ?? null);
  return { tail, whole, model };
}

/** Whether both ask for the same, whatever their base URLs are. */
export function isSamePath(one: ApiPath, other: ApiPath): boolean {
  if (one.tail !== null && other.tail !== null) return one.tail === other.tail;
  if (one.tail !== null) return endsIn(other.whole, one.tail);
  if (other.tail !== null) return endsIn(one.whole, other.tail);
  return endsIn(one.whole, other.whole) || endsIn(other.whole, one.whole);
}

/** Where a dialect's streams are asked for; none where its events say nothing of that. */
export const PATHS_OF: Readonly<Record<DialectId, readonly string[]>> = {
  responses: ['responses'],
  chat: ['chat/completions'],
  messages: ['messages'],
  gemini: ['models/*:streamGenerateContent'],
  ollama: ['api/chat', 'api/generate'],
  plain: [],
};

function endsIn(path: string, tail: string): boolean {
  return path === tail || path.endsWith(`/${tail}`);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
