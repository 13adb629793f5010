import { stringMembers } from '../../src-core/imports/json-members.ts';
import type { ImportedRequest } from '../../src-core/imports/exchange.ts';
import { parseJson } from '../../src-core/json.ts';
import type { CapturedRequest } from '../../src-core/capture.ts';
import {
  isSecretMember,
  isSecretName,
  isSecretParameter,
  REDACTED,
} from '../../src-core/redaction/secret-names.ts';
import { secretsOf, withoutSecrets } from '../requests/key-mask.ts';
import { redactedHeaders } from '../requests/request-head.ts';

/** So many of the body and of the URL each are looked for elsewhere: each takes a pass over the answer. */
const MAX_LOOKED_FOR = 100;
/** The secrets of a request that a file holds, for `KeyMask`: of its headers, its URL and its body. */
export function secretsOfRequest(request: ImportedRequest | null): string[] {
  if (!request) return [];
  const members = secretMembers(request.body)
    .slice(0, MAX_LOOKED_FOR)
    .map(({ name, value }): [string, string] => [
      name,
      (parseJson(`"${value}"`) as string | undefined) ?? value,
    ]);
  const ofUrl = partsOfUrl(request.url).secrets.slice(0, MAX_LOOKED_FOR);
  const ofForm = isForm(request.headers)
    ? partsOfUrl(`?${request.body}`).secrets.slice(0, MAX_LOOKED_FOR)
    : [];
  const named = [...request.headers, ...ofUrl, ...members, ...ofForm];
  return secretsOf(named);
}

/** A request of a file, less its secrets. @param secrets see `secretsOfRequest` */
export function keptRequest(
  { method, url, headers, body }: ImportedRequest,
  secrets: readonly string[],
): CapturedRequest {
  return {
    method,
    url: withoutSecrets(partsOfUrl(url).kept, secrets),
    headers: redactedHeaders(headers).map(keptHeader),
    body: withoutSecrets(
      isForm(headers) ? partsOfUrl(`?${body}`).kept.slice(1) : keptBody(body),
      secrets,
    ),
  };
}

/** A URL, or a path alone, as it is kept: without a password and without the secrets of its query and fragment. */
export function keptUrl(url: string): string {
  return partsOfUrl(url).kept;
}

/** A header as it is kept where its value is an address: `Referer`, `Location`. */
export function keptHeader([name, value]: readonly [string, string]): [string, string] {
  return [name, /:\/\/|^[/?]/.test(value) ? keptUrl(value) : value];
}

function isForm(headers: ImportedRequest['headers']): boolean {
  return headers.some(
    ([name, value]) =>
      name.toLowerCase() === 'content-type' && /^application\/x-www-form-urlencoded\b/i.test(value),
  );
}

function secretMembers(body: string) {
  return [...stringMembers(body)].filter(({ name, value }) => value !== '' && isSecretMember(name));
}

/** The body's text, with the values struck out of members such as `authorization` of an MCP tool. */
function keptBody(body: string): string {
  let kept = '';
  let from = 0;
  for (const { start, end } of secretMembers(body)) {
    kept += `${body.slice(from, start)}${REDACTED}`;
    from = end;
  }
  return kept + body.slice(from);
}

/**
 * A URL less its password and the secrets of its query and its fragment (`#access_token=`). Read by hand: go-vcr
 * and proxies write a path alone, and a URL that is none may hold a key all the same.
 */
function partsOfUrl(url: string): { kept: string; secrets: [name: string, value: string][] } {
  const secrets: [string, string][] = [];
  const withoutUser = url.replace(/^([a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)@/i, (_all, scheme, user) => {
    const [, name = '', password = ''] = /^([^:]*):?(.*)$/.exec(String(user))!;
    secrets.push(['authorization', decoded(password === '' ? name : password)]);
    return `${scheme ?? ''}//redacted@`;
  });
  const kept = withoutUser.replace(/([?&#;])([^=&#?;]+)=([^&#;]+)/g, (all, mark, raw, value) => {
    const name = decoded(raw);
    if (!isSecretParameter(name)) return all as string;
    if (isSecretName(name)) secrets.push([name, decoded(value)], [name, String(value)]);
    return `${mark}${raw}=redacted`;
  });
  return { kept, secrets };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
