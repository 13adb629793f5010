import type { Api } from '../../src-core/apis.ts';
import type { Endpoint } from '../../src-ipc/contract.ts';
import { PRESETS } from '../views/endpoint-presets.ts';

/** A server that a proxy may lead to. */
export interface Upstream {
  name: string;
  url: string;
  api: Api;
}

const known = Object.values(PRESETS)
  .flat()
  .map(({ name, baseUrl, api }): Upstream => ({ name, url: baseUrl, api }));

/** Those of which most people have one, then the rest in the order of the presets of endpoints. */
const FIRST = ['OpenAI', 'Anthropic', 'OpenRouter', 'Ollama'];
export const UPSTREAMS: readonly Upstream[] = [
  ...FIRST.flatMap((name) => known.filter((one) => one.name === name)),
  ...known.filter(({ name }) => !FIRST.includes(name)),
];

/** The endpoints of the settings as upstreams, less the built-in one. */
export function upstreamsOf(endpoints: readonly Endpoint[]): Upstream[] {
  return endpoints
    .filter(({ builtIn }) => !builtIn)
    .map(({ name, baseUrl, api }) => ({ name, url: baseUrl, api }));
}

/** What is spoken at an upstream, as far as its host is known; Chat Completions is what most speak. */
export function apiOfUpstream(url: string): Api {
  const host = hostOf(url);
  return UPSTREAMS.find((one) => hostOf(one.url) === host)?.api ?? 'chat';
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
}
