import { addressOf, type Api, API_FACTS, type KeyHeader } from '../../src-core/apis.ts';
import type { Endpoint } from '../../src-ipc/contract.ts';
import {
  isSecretName,
  isSecretParameter,
  REDACTED,
} from '../../src-core/redaction/secret-names.ts';
import { Refusal } from '../refusal.ts';

/** They describe the connection and the body, which are made here. */
const OURS = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'expect',
]);

/** Where requests of an API go; a query of the base URL (Azure's `api-version`) stays. */
export function requestUrl(baseUrl: string, api: Api): URL {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new Refusal('bad-url', `The base URL ${baseUrl} is not a URL.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Refusal(
      'bad-url',
      `The base URL has to start with http:// or https://, not ${url.protocol}`,
    );
  }
  return new URL(addressOf(url.href, api));
}

/**
 * The headers as they are sent. The endpoint's own come after ours and the API's and win over them, but for those
 * that describe the connection; the key wins over all.
 */
export function requestHeaders(
  endpoint: Pick<Endpoint, 'api' | 'headers' | 'keyHeader'>,
  key: string | null,
  bodyBytes: number,
): [name: string, value: string][] {
  const headers: [string, string][] = [
    ['accept', 'text/event-stream'],
    // A compressed stream reaches a client in other pieces than the server sent.
    ['accept-encoding', 'identity'],
    ['content-type', 'application/json'],
    ['user-agent', 'deltascope'],
    ...API_FACTS[endpoint.api].headers.map(([name, value]): [string, string] => [name, value]),
  ];
  const set = (name: string, value: string) => {
    const lower = name.toLowerCase();
    const at = headers.findIndex(([known]) => known.toLowerCase() === lower);
    if (at >= 0) headers.splice(at, 1);
    headers.push([name, value]);
  };
  for (const [name, value] of endpoint.headers) {
    if (!OURS.has(name.toLowerCase())) set(name, value);
  }
  if (key !== null) set(...keyHeaderOf(endpoint.keyHeader, key));
  headers.push(['content-length', String(bodyBytes)]);
  return headers;
}

/** The header that carries a key. */
export function keyHeaderOf(header: KeyHeader, key: string): [name: string, value: string] {
  return [header, header === 'authorization' ? `Bearer ${key}` : key];
}

/** The headers as they are kept: names stay, the values of secrets do not. */
export function redactedHeaders(
  headers: readonly (readonly [string, string])[],
): [string, string][] {
  return headers.map(([name, value]) => [name, isSecretName(name) ? REDACTED : value]);
}

/** Response headers as they are kept: a cookie is a credential too. Limits named "tokens" are not. */
export function keptResponseHeaders(rawHeaders: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    headers.push([name, /^set-cookie2?$/i.test(name) ? REDACTED : rawHeaders[index + 1]!]);
  }
  return headers;
}

/** A URL as it is kept: without a user's password, and without keys in its query. */
export function redactedUrl(url: URL): string {
  const copy = new URL(url.href);
  if (copy.username || copy.password) {
    copy.username = 'redacted';
    copy.password = '';
  }
  for (const name of new Set(copy.searchParams.keys())) {
    if (isSecretParameter(name)) copy.searchParams.set(name, 'redacted');
  }
  return copy.href;
}
