import { API_FACTS, type Api, apiOfUrl } from '../../src-core/apis.ts';
import type { Endpoint, EndpointInput } from '../../src-ipc/contract.ts';
import { isSecretName, REDACTED } from '../../src-ipc/secret-headers.ts';

/** An endpoint as it stands in the form. */
export interface EndpointDraft {
  name: string;
  api: Api;
  baseUrl: string;
  keyHeader: Endpoint['keyHeader'];
  headers: { name: string; value: string }[];
}

export type DraftFaults = Partial<Record<'name' | 'baseUrl' | 'headers', string>>;

export function draftOf(endpoint: Endpoint | null): EndpointDraft {
  return {
    name: endpoint?.name ?? '',
    api: endpoint?.api ?? 'responses',
    baseUrl: endpoint?.baseUrl ?? '',
    keyHeader: endpoint?.keyHeader ?? 'authorization',
    headers: (endpoint?.headers ?? []).map(([name, value]) => ({ name, value })),
  };
}

/** Another API: the key moves along where it was in the header that is usual for the one before. */
export function withApi(draft: EndpointDraft, api: Api): EndpointDraft {
  const isUsual = draft.keyHeader === API_FACTS[draft.api].keyHeader;
  return { ...draft, api, keyHeader: isUsual ? API_FACTS[api].keyHeader : draft.keyHeader };
}

/** The address of a request in place of a base URL says which API it is for: its path moves there. */
export function withoutPath(draft: EndpointDraft): EndpointDraft {
  const parts = apiOfUrl(draft.baseUrl);
  return parts ? { ...withApi(draft, parts.api), baseUrl: parts.baseUrl } : draft;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What main would refuse, said in place. Main has the last word. */
export function faultsOf(draft: EndpointDraft): DraftFaults {
  const faults: DraftFaults = {};
  if (draft.name.trim() === '')
    faults.name = 'A name is needed: it stands in the list of endpoints.';
  const url = urlFault(draft.baseUrl.trim());
  if (url) faults.baseUrl = url;
  for (const { name, value } of filled(draft)) {
    if (!HEADER_NAME.test(name.trim()))
      faults.headers =
        name.trim() === ''
          ? `The header with the value ${value} has no name.`
          : `${name} is no name of a header.`;
    else if (value === REDACTED && !isSecretName(name))
      faults.headers = `Enter the value of ${name} again: it is kept for another name.`;
    else if (/[\r\n\0]/.test(value)) faults.headers = `The value of ${name} holds a line break.`;
  }
  return faults;
}

/** Why requests can't go to a base URL; null where they can. */
export function urlFault(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'This is no URL: such as https://api.openai.com/v1';
  }
  if (!/^https?:$/.test(url.protocol)) return 'The URL has to start with http:// or https://';
  if (url.username || url.password)
    return 'A base URL must hold no user or password: send them as a header.';
  if (/[{}]/.test(text)) return 'Put your own name in the place of the one in braces.';
  return null;
}

/** As main takes it: rows that are empty are none, a slash at the end of the URL is not wanted. */
export function inputOf(draft: EndpointDraft, id: string | undefined): EndpointInput {
  return {
    ...(id === undefined ? {} : { id }),
    name: draft.name.trim(),
    api: draft.api,
    baseUrl: draft.baseUrl.trim().replace(/\/+$/, ''),
    keyHeader: draft.keyHeader,
    headers: filled(draft).map(({ name, value }) => [name.trim(), value.trim()]),
  };
}

/** Whether main keeps a secret for it, in a header or as its key. */
export function hasSecrets({ key, headers }: Endpoint): boolean {
  return key !== 'none' || headers.some(([, value]) => value === REDACTED);
}

function filled(draft: EndpointDraft): EndpointDraft['headers'] {
  return draft.headers.filter(({ name, value }) => name.trim() !== '' || value.trim() !== '');
}
