import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import type { ConnectionTiming } from '../../src-core/capture.ts';
import { Refusal } from '../refusal.ts';

/** Microseconds that have passed since the clock was made, by a clock that never steps back. */
export type Clock = () => number;

export function startClock(): Clock {
  const start = process.hrtime.bigint();
  return () => Number((process.hrtime.bigint() - start) / 1000n);
}

/** The proxy that the environment names for a URL, `''` for none. Loopback is never proxied. */
export function proxyFor(url: URL): string {
  const host = url.hostname.toLowerCase();
  if (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  ) {
    return '';
  }
  return getProxyForUrl(url.href);
}

/** The head of a request as it is sent. */
export interface Outgoing {
  method: string;
  /** In this order and case. Without a `host` among them the URL's comes first. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Path and query as they stand in the first line; left out: the URL's. */
  target?: string;
}

/**
 * Opens a connection for one request; the body is the caller's to write. Redirects are not
 * followed, nothing is retried, nothing times out: this is a debugger.
 *
 * @param ca certificates trusted besides the usual ones, in PEM; null for just those
 * @throws Refusal `bad-proxy`; TypeError for headers that HTTP does not allow
 */
export function connect(url: URL, outgoing: Outgoing, ca: string[] | null): ClientRequest {
  const { method, headers, target } = outgoing;
  const proxy = proxyFor(url);
  const secure = url.protocol === 'https:';
  const tls = ca ? { ca } : {};
  return (secure ? httpsRequest : httpRequest)(url, {
    method,
    // Through a plain proxy the agent writes the head once more, and takes it from Node's own table.
    headers: proxy && !secure ? groupedHeaders(headers) : rawHeaders(headers, url),
    ...(target !== undefined && { path: target }),
    // One connection a request: its set-up is what a person wants to see the times of.
    agent: proxy ? proxyAgent(proxy, secure, tls) : false,
    maxHeaderSize: 256 * 1024,
    ...tls,
  });
}

/** Written as they are. */
function rawHeaders(headers: Outgoing['headers'], url: URL): readonly string[] {
  const hasHost = headers.some(([name]) => name.toLowerCase() === 'host');
  return [...(hasHost ? [] : ['Host', url.host]), ...headers.flat()];
}

/** Values of one name stand together. */
function groupedHeaders(headers: Outgoing['headers']): Record<string, string | string[]> {
  const groups = new Map<string, [name: string, values: string[]]>();
  for (const [name, value] of headers) {
    const group = groups.get(name.toLowerCase());
    if (group) group[1].push(value);
    else groups.set(name.toLowerCase(), [name, [value]]);
  }
  return Object.fromEntries(
    [...groups.values()].map(([name, values]) => [name, values.length > 1 ? values : values[0]!]),
  );
}

/**
 * Makes connections to a server for a client that is not ours: through the proxy of the environment, one a
 * request. @param ca as `connect` @throws Refusal `bad-proxy`
 */
export function agentFor(url: URL, ca: string[] | null): Agent {
  const proxy = proxyFor(url);
  const secure = url.protocol === 'https:';
  const tls = ca ? { ca } : {};
  if (proxy) return proxyAgent(proxy, secure, tls);
  return secure ? new HttpsAgent(tls) : new Agent();
}

function proxyAgent(proxy: string, secure: boolean, tls: { ca?: string[] }): Agent {
  let url: URL;
  try {
    url = new URL(proxy);
  } catch {
    throw new Refusal('bad-proxy', 'The proxy that the environment names is not a URL.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Refusal(
      'bad-proxy',
      `The environment names a ${url.protocol.slice(0, -1)} proxy; only HTTP and HTTPS proxies are supported.`,
    );
  }
  return secure ? new HttpsProxyAgent(url, tls) : new HttpProxyAgent(url, tls);
}

/**
 * Fills `timing` as the connection comes along. Through a proxy the name is resolved there, and the
 * connection arrives here when it stands.
 */
export function timeConnection(
  request: ClientRequest,
  timing: ConnectionTiming,
  clock: Clock,
): void {
  request.once('socket', (socket: Socket) => {
    if (!socket.connecting) {
      timing.connectUs = clock();
      return;
    }
    socket.once('lookup', () => (timing.dnsUs = clock()));
    socket.once('connect', () => (timing.connectUs = clock()));
    socket.once('secureConnect', () => (timing.tlsUs = clock()));
  });
  request.once('finish', () => (timing.sentUs = clock()));
  request.once('response', (_response: IncomingMessage) => (timing.firstByteUs = clock()));
}
