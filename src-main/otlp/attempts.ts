import type { Agent, ClientRequest } from 'node:http';
import { agentFor } from '../requests/connection.ts';

/** What happened to the requests of one batch. */
export interface Attempts {
  /** The status of the last answer, null before there was one. */
  status: number | null;
  /** Called once with the first error of a connection, after which nothing is sent any more. */
  broken: (error: Error) => void;
  /** From now on nothing is sent: the packages may still have an attempt planned. */
  stop(): void;
}

/** Headers that HTTP itself or the packages need. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-type',
  'content-length',
  'transfer-encoding',
  'user-agent',
]);

/** Node's agents have this method; their types don't tell of it. */
interface Requesting {
  addRequest(request: ClientRequest, ...rest: unknown[]): void;
}

/**
 * An agent that tells what became of each request. Headers that are not the target's own are taken out: the
 * packages add those of the environment, which may be meant for another collector.
 */
export function watchedAgent(
  url: URL,
  ca: string[] | null,
  headers: readonly (readonly [string, string])[],
): { agent: Agent; attempts: Attempts } {
  const agent = agentFor(url, ca);
  const allowed = new Set(headers.map(([name]) => name.toLowerCase()));
  let stopped = false;
  let current: ClientRequest | null = null;
  const attempts: Attempts = {
    status: null,
    broken: () => undefined,
    stop() {
      stopped = true;
      current?.destroy();
      agent.destroy();
    },
  };
  const requesting = agent as unknown as Requesting;
  const addRequest = requesting.addRequest.bind(agent);
  requesting.addRequest = (request, ...rest) => {
    if (stopped) {
      request.destroy(new Error('Sending has ended.'));
      return;
    }
    current = request;
    for (const name of request.getHeaderNames())
      if (!OWN_HEADERS.has(name) && !allowed.has(name)) request.removeHeader(name);
    request.once('response', (response) => (attempts.status = response.statusCode ?? null));
    // Comes before the packages destroy the request, which looks as if the server had hung up.
    request.once('timeout', () => attempts.broken(new Error('timed out')));
    // Destroying a request that was answered is no error of the connection.
    request.once('error', (error) => {
      if (!stopped && attempts.status === null) attempts.broken(error);
    });
    addRequest(request, ...rest);
  };
  return { agent, attempts };
}
