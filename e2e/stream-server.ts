import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request to the server, answered step by step by the test. */
export interface Exchange {
  request: IncomingMessage;
  body: string;
  response: ServerResponse;
  /** The server's side of the connection, for breaking it. */
  socket: Socket;
}

export interface StreamServer {
  baseUrl: string;
  close(): Promise<void>;
}

/** A server on 127.0.0.1 that hands each request to `answer`. */
export async function streamServer(
  answer: (exchange: Exchange) => void | Promise<void>,
): Promise<StreamServer> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString();
      void answer({ request, body, response, socket: request.socket });
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The head of an event stream's answer. */
export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
}

/** Writes bytes and waits until the kernel has them, so that the next write is another packet. */
export function write(response: ServerResponse, bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** A gate that the test opens: the server waits, the test looks. */
export function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
