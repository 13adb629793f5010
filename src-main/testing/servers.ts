import {
  createServer as createHttp,
  type RequestListener,
  type Server as HttpServer,
} from 'node:http';
import { createServer as createRaw, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Listens on a free port of 127.0.0.1 until the test has finished. @returns the port */
export async function listening(server: Server | HttpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** @returns the base URL of a server that answers with `handler` */
export async function httpServer(handler: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(createHttp(handler))}/v1`;
}

/** A server that says just these bytes once the request's head is there. */
export async function rawServer(speak: (socket: Socket) => void): Promise<string> {
  const server = createRaw((socket) => socket.once('data', () => speak(socket)));
  return `http://127.0.0.1:${await listening(server)}/v1`;
}

/** A port on which nobody listens: it was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = createRaw();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export const SSE_HEAD =
  'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';

/** A part of a chunked body. */
export function chunked(text: string | Buffer): Buffer {
  const bytes = Buffer.from(text as string);
  return Buffer.concat([
    Buffer.from(`${bytes.length.toString(16)}\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
}
