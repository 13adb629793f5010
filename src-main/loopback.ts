import type { IncomingHttpHeaders, Server } from 'node:http';
import { messageOf, systemCode } from './refusal.ts';

/** Every server of this program listens here, and nowhere else. */
const LOOPBACK = '127.0.0.1';

/**
 * Why a request is none of this computer's own programs, null where it is. A page of the web must not reach a
 * server on loopback: a request whose `Host` is not this server's, or with an `Origin` of another, is refused,
 * which also stops names that are made to resolve to 127.0.0.1.
 */
export function strangerAt(
  port: number,
  { host = '', origin }: IncomingHttpHeaders,
): { code: 'forbidden_host' | 'forbidden_origin'; message: string } | null {
  const hosts = [`${LOOPBACK}:${port}`, `localhost:${port}`];
  if (!hosts.includes(host.toLowerCase())) {
    const message = `Requests for ${host || 'no host'} are not served here.`;
    return { code: 'forbidden_host', message };
  }
  if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`)) {
    const message = `Requests from pages of ${origin} are not served.`;
    return { code: 'forbidden_origin', message };
  }
  return null;
}

/**
 * Listens on loopback. @param port 0 takes a free one
 * @returns the port
 * @throws Error with a sentence for the person
 */
export function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(new Error(whyNot(error, port)));
    server.once('error', fail);
    server.listen(port, LOOPBACK, () => {
      server.removeListener('error', fail);
      resolve((server.address() as { port: number }).port);
    });
  });
}

function whyNot(error: unknown, port: number): string {
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Choose another port, or 0 for a free one.`;
    case 'EACCES':
      return `Port ${port} needs more rights than this program has. Choose one from 1024 on, or 0 for a free one.`;
    default:
      return messageOf(error);
  }
}
