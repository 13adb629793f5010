import { API_FACTS, apiOfUrl, type KeyHeader } from '../../src-core/apis.ts';
import { base64Of } from '../../src-core/imports/base64.ts';
import { type CurlRequest, curlRequest } from '../../src-core/imports/curl.ts';
import { parseJson } from '../../src-core/json.ts';
import { formatEdits } from '../../src-core/format-json.ts';
import { withEdits } from '../../src-core/strict-schema/tree-text.ts';
import { encodeUtf8 } from '../../src-core/text.ts';
import type { CommandRequest, EndpointInput } from '../../src-ipc/contract.ts';
import { isSecretName } from '../../src-ipc/secret-headers.ts';
import type { EndpointStore } from '../endpoints.ts';
import type { KeyStore } from '../keys.ts';
import { Refusal } from '../refusal.ts';

/** They are made when a request is sent, or only a browser has a use for them. */
const LEFT_OUT =
  /^(accept|accept-encoding|accept-language|cache-control|connection|content-length|content-type|dnt|host|origin|pragma|priority|referer|sec-.*|te|user-agent|x-stainless-.*)$/i;

interface Parts extends Pick<EndpointInput, 'api' | 'baseUrl' | 'headers' | 'keyHeader'> {
  key: string | null;
}

/**
 * Makes a request for Compose of a cURL command. Its endpoint is one that is there already, where that has
 * the same base URL, API and headers and no other key; else a new one. Keys go to the `KeyStore` and are in
 * nothing that is given back.
 * @throws Refusal `not-curl`, `bad-url`; what `EndpointStore.save` refuses
 */
export function requestOfCommand(
  text: string,
  { endpoints, keys }: { endpoints: EndpointStore; keys: KeyStore },
): CommandRequest {
  const command = curlRequest(text);
  if (!command)
    throw new Refusal(
      'not-curl',
      'This is no cURL command with a URL: "curl https://… -d …" was looked for.',
    );
  const notes = [...command.notes];
  const parts = partsOf(command, notes);
  const known = endpoints.list().find((one) => {
    if (one.builtIn || one.api !== parts.api || one.baseUrl !== parts.baseUrl) return false;
    if (parts.key !== null && one.key !== 'none')
      if (keys.get(one.id) !== parts.key || one.keyHeader !== parts.keyHeader) return false;
    const sent = endpoints.headersToSend(one.id);
    return parts.headers.every((header) => sent.some((other) => isSame(header, other)));
  });
  const { key, ...facts } = parts;
  const name = nameOf(parts.baseUrl, new Set(endpoints.list().map((one) => one.name)));
  const made = known ?? endpoints.save({ name, ...facts });
  const setsKey = key !== null && made.key === 'none';
  // An endpoint that has no key yet looks for it where this one is.
  if (setsKey && known && known.keyHeader !== parts.keyHeader)
    endpoints.save({ ...inputOf(known), keyHeader: parts.keyHeader });
  const endpoint = setsKey ? endpoints.setKey(made.id, key) : endpoints.get(made.id);
  return { endpoint, body: prettyBody(command.body, notes), notes, isNew: !known, setsKey };
}

function partsOf(command: CurlRequest, notes: string[]): Parts {
  const url = urlOf(command.url);
  const secrets = secretsOfUrl(url);
  const headers: EndpointInput['headers'] = [];
  let key: { value: string; header: KeyHeader } | null = null;
  const isVariable = (value: string) =>
    command.variables.some(
      (name) =>
        value.includes(`$${name}`) || value.includes(`\${${name}}`) || value.includes(`%${name}%`),
    );
  const isMissing = (name: string, value: string) => {
    if (!isVariable(value) && !/<[^>]+>|YOUR_|\.\.\.|…/.test(value)) return false;
    notes.push(
      `${name} is ${shortened(value)} in the command, which is no value: enter it at the endpoint, in Settings.`,
    );
    return true;
  };
  for (const [name, value] of [...command.headers, ...secrets]) {
    const lower = name.toLowerCase();
    const bearer = lower === 'authorization' ? /^Bearer\s+(\S+)$/i.exec(value)?.[1] : undefined;
    const token = bearer ?? (lower === 'api-key' || lower === 'x-api-key' ? value : undefined);
    if (token !== undefined && key === null && !/[^\x21-\x7e]/.test(token)) {
      if (!isMissing(name, token)) key = { value: token, header: lower as KeyHeader };
    } else if (LEFT_OUT.test(name)) continue;
    else if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/.test(name) || /[\r\n\0]/.test(value))
      // Not which: what is no header name may be a key that lost its name.
      notes.push('A header is left out: its name or its value can not be sent.');
    else if (!isSecretName(name) || !isMissing(name, value)) headers.push([name, value]);
  }
  const found = apiOfUrl(url.href);
  if (!found)
    notes.push(
      `The address does not end in ${Object.values(API_FACTS)
        .map(({ path }) => path)
        .join(', ')}: choose the API of the endpoint in Settings.`,
    );
  const api = found?.api ?? 'responses';
  return {
    api,
    baseUrl: found?.baseUrl ?? url.href,
    headers: headers
      .filter((header) => !API_FACTS[api].headers.some((own) => isSame(header, own)))
      .slice(0, 50),
    keyHeader: key?.header ?? API_FACTS[api].keyHeader,
    key: key?.value ?? null,
  };
}

function urlOf(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Refusal('bad-url', 'The address in the command is no URL.');
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw new Refusal(
    'bad-url',
    `The address in the command has to start with http:// or https://, not ${url.protocol}`,
  );
}

/** Takes keys and passwords out of a URL, as the headers that say the same. */
function secretsOfUrl(url: URL): [name: string, value: string][] {
  const secrets: [string, string][] = [];
  if (url.username !== '' || url.password !== '') {
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    secrets.push(['Authorization', `Basic ${base64Of(encodeUtf8(user))}`]);
    url.username = '';
    url.password = '';
  }
  for (const [name, value] of [...url.searchParams]) {
    if (!isSecretName(name)) continue;
    url.searchParams.delete(name);
    const isGoogle = url.hostname.endsWith('.googleapis.com');
    secrets.push(isGoogle ? ['x-goog-api-key', value] : ['Authorization', `Bearer ${value}`]);
  }
  return secrets;
}

function isSame(a: readonly [string, string], b: readonly [string, string]): boolean {
  return a[0].toLowerCase() === b[0].toLowerCase() && a[1] === b[1];
}

function nameOf(baseUrl: string, taken: ReadonlySet<string>): string {
  const { host } = new URL(baseUrl);
  for (let number = 1; ; number++) {
    const name = number === 1 ? host : `${host} ${number}`;
    if (!taken.has(name)) return name.slice(0, 200);
  }
}

function inputOf({ id, name, api, baseUrl, headers, keyHeader }: EndpointInput): EndpointInput {
  return { id, name, api, baseUrl, headers, keyHeader };
}

/** A command without a body that can be read leaves none: an older draft is no part of it, and must not be sent. */
function prettyBody(body: string | null, notes: string[]): string {
  if (body === null || body.trim() === '') {
    if (notes.length === 0) notes.push('The command has no body: write one, or paste it.');
    return '';
  }
  if (parseJson(body) === undefined) {
    notes.push('The body is no JSON: it stands in the editor as it was.');
    return body;
  }
  // A line for the first key keeps a line for each.
  const opened = body.trim().replace(/^\{\s*(?=")/, '{\n');
  return withEdits(opened, formatEdits(opened)).trim();
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
