/**
 * The APIs that requests are made for. Each has a path after an endpoint's base URL, and the dialect of
 * the same name in its answers. Answers of other dialects are read all the same.
 */
export const APIS = ['responses', 'chat', 'messages'] as const;
export type Api = (typeof APIS)[number];

/** In which header a key is sent: as a bearer token, in Azure's header, or in Anthropic's. */
export const KEY_HEADERS = ['authorization', 'api-key', 'x-api-key'] as const;
export type KeyHeader = (typeof KEY_HEADERS)[number];

export interface ApiFacts {
  /** For people. */
  name: string;
  /** After the base URL, which mostly ends in `/v1`. */
  path: string;
  /** Where the API's own servers look for the key. */
  keyHeader: KeyHeader;
  /** Headers that its servers insist on; an endpoint's own of these names win. */
  headers: readonly (readonly [name: string, value: string])[];
}

export const API_FACTS: Readonly<Record<Api, ApiFacts>> = {
  responses: { name: 'Responses', path: '/responses', keyHeader: 'authorization', headers: [] },
  chat: {
    name: 'Chat Completions',
    path: '/chat/completions',
    keyHeader: 'authorization',
    headers: [],
  },
  messages: {
    name: 'Messages',
    path: '/messages',
    keyHeader: 'x-api-key',
    // What every server of this API takes; Anthropic's own has newer ones since 2026-10-21.
    headers: [['anthropic-version', '2023-06-01']],
  },
};

/** Where requests of an API go; a query of the base URL (Azure's `api-version`) stays. */
export function addressOf(baseUrl: string, api: Api): string {
  const [, before = '', query = ''] =
    /^([^?#]*?)\/*(\?[^#]*)?(?:#.*)?$/s.exec(baseUrl.trim()) ?? [];
  return before + API_FACTS[api].path + query;
}

/**
 * The parts of the address of a request, as people copy it from a command line or a manual: what comes
 * before the API's path, and the API. A query stays with the base URL (Azure's `api-version`). Null
 * where the address ends in none of the paths.
 */
export function apiOfUrl(address: string): { baseUrl: string; api: Api } | null {
  const [, before = '', rest = ''] = /^([^?#]*?)\/*(\?[^#]*)?(?:#.*)?$/s.exec(address.trim()) ?? [];
  const api = APIS.find((one) => before.endsWith(API_FACTS[one].path));
  if (!api) return null;
  return { baseUrl: before.slice(0, -API_FACTS[api].path.length) + rest, api };
}
