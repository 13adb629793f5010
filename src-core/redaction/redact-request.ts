import type { CapturedRequest, CapturedResponse } from '../capture.ts';
import type { HeaderPairs } from '../imports/exchange.ts';
import { classOfName, type NamedIn } from './class-names.ts';
import { edited, orderedEdits } from './edits.ts';
import { isStruck, jsonEdits, looksLikeJson, rememberNamed, textEdits } from './redact-text.ts';
import { isSecretParameter, REDACTED } from './secret-names.ts';
import { starred } from './spans.ts';
import type { StruckList } from './struck.ts';
import type { TextMatcher } from './text-matcher.ts';

/** Remembers what headers, address and body of a request, and the headers of its response, name. */
export function rememberRequest(
  request: CapturedRequest | null,
  response: CapturedResponse | null,
  matcher: TextMatcher,
): void {
  const headers = (pairs: HeaderPairs, where: NamedIn) => {
    for (const [name, value] of pairs) {
      const of = classOfName(name, where);
      if (of && matcher.options[of] && !isStruck(value)) matcher.remember(value, of);
    }
  };
  headers(response?.headers ?? [], 'response header');
  if (!request) return;
  headers(request.headers, 'request header');
  rememberNamed(request.body, 'request body', matcher);
  for (const { of, value } of partsOfUrl(request.url))
    if (matcher.options[of] && !isStruck(value)) matcher.remember(decoded(value), of);
}

export function redactedRequest(
  { method, url, headers, body }: CapturedRequest,
  matcher: TextMatcher,
  list: StruckList,
): CapturedRequest {
  return {
    method,
    url: redactedUrl(url, matcher, list),
    headers: redactedHeaders(headers, 'request header', matcher, list),
    body: redactedBody(body, matcher, list),
  };
}

export function redactedResponse(
  response: CapturedResponse,
  matcher: TextMatcher,
  list: StruckList,
): CapturedResponse {
  return {
    ...response,
    statusText: redactedText(response.statusText, 'response status', matcher, list),
    headers: redactedHeaders(response.headers, 'response header', matcher, list),
  };
}

/** A text that is no JSON. */
export function redactedText(
  text: string,
  where: string,
  matcher: TextMatcher,
  list: StruckList,
): string {
  const spans = matcher.spans(text);
  for (const { from, to, class: of } of spans) list.add(of, where, null, text.slice(from, to));
  return starred(text, spans);
}

function redactedHeaders(
  headers: HeaderPairs,
  where: NamedIn,
  matcher: TextMatcher,
  list: StruckList,
): HeaderPairs {
  return headers.map(([name, value]) => {
    const of = classOfName(name, where);
    // Secret headers are in no capture that was made here; whoever made this one may have kept them.
    if (!of || (of !== 'secret' && !matcher.options[of])) {
      const kept = redactedText(value, `${where} ${name}`, matcher, list);
      // All of it went. Asterisks could also be what the client sent.
      return [name, kept !== value && /^\*+$/.test(kept) ? REDACTED : kept];
    }
    if (!isStruck(value)) list.add(of, `${where} ${name}`, null, value);
    return [name, REDACTED];
  });
}

function redactedBody(body: string, matcher: TextMatcher, list: StruckList): string {
  const onStruck = (of: Parameters<StruckList['add']>[0], pointer: string, original: string) =>
    list.add(of, `request body ${pointer}`.trim(), null, original);
  const edits = looksLikeJson(body)
    ? jsonEdits(body, { matcher, where: 'request body', onStruck })
    : textEdits(body, matcher, onStruck);
  return edited(body, orderedEdits(edits));
}

function redactedUrl(url: string, matcher: TextMatcher, list: StruckList): string {
  let kept = '';
  let at = 0;
  for (const { start, of, value, name } of partsOfUrl(url)) {
    if (!matcher.options[of] || isStruck(value)) continue;
    list.add(of, `address ${name}`, null, value);
    kept += `${url.slice(at, start)}redacted`;
    at = start + value.length;
  }
  return redactedText(kept + url.slice(at), 'address', matcher, list);
}

interface UrlPart {
  name: string;
  /** As it is written in the URL. */
  value: string;
  start: number;
  of: 'secret' | 'organisation' | 'user';
}

/** What an address holds by name, in its order: user and password, projects and accounts of its path, its query. */
function* partsOfUrl(url: string): Generator<UrlPart> {
  const found = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)@/i.exec(url);
  if (found) {
    const value = found[1]!;
    yield { name: 'user', value, start: found[0].length - value.length - 1, of: 'secret' };
  }
  const path = /^[^?#]*/.exec(url)![0];
  for (const { 0: all, 1: name = '', 2: value = '', index } of path.matchAll(
    /\/(projects?|organizations?|accounts?|tenants?|subscriptions?)\/([^/?#]+)/gi,
  ))
    yield { name, value, start: index + all.length - value.length, of: 'organisation' };
  for (const { 0: all, 1: raw = '', 2: value = '', index } of url.matchAll(
    /[?&#;]([^=&#?;]+)=([^&#;]+)/g,
  )) {
    const name = decoded(raw);
    const of = isSecretParameter(name) ? 'secret' : classOfName(name, 'request header');
    if (of && of !== 'email') yield { name, value, start: index + all.length - value.length, of };
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
