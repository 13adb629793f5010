import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** Connections on loopback that recording proxies of this process have opened, with those that a request passed. */
const passed = new Map<string, readonly object[]>();

/** The proxies of this process that a request has passed before, by the connection that it came on. */
export function passedThrough(client: Socket): readonly object[] {
  return passed.get(`${client.remotePort}>${client.localPort}`) ?? [];
}

/**
 * Remembers, while its connection is open, which proxies a request has passed: nothing is added to the request, and
 * a proxy that is its own upstream, over others, knows it again.
 */
export function rememberPassed(upstream: ClientRequest, proxies: readonly object[]): void {
  upstream.once('socket', (socket: Socket) => {
    socket.once('connect', () => {
      const { localPort, remotePort, remoteAddress = '' } = socket;
      if (!/^(::ffff:)?127\.|^::1$/.test(remoteAddress)) return;
      const connection = `${localPort}>${remotePort}`;
      passed.set(connection, proxies);
      socket.once('close', () => {
        if (passed.get(connection) === proxies) passed.delete(connection);
      });
    });
  });
}
