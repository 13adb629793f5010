import { createServer, type Socket } from 'node:net';
import { listening } from '../../testing/servers.ts';

/** A request as its bytes came to an upstream that speaks bytes. */
export interface RawRequest {
  socket: Socket;
  /** First line and headers, as they were written. */
  head: string[];
  /** What has come after the head. */
  body: () => Buffer;
  /** Resolves when the body holds that text. */
  hears(text: string): Promise<void>;
  /** Resolves when the proxy has closed the connection. @returns `end`, or the code of the error */
  over: Promise<string>;
}

/** An upstream that shows the very bytes it gets. @returns its address, without a path */
export async function rawUpstream(answer: (request: RawRequest) => void): Promise<string> {
  const server = createServer((socket) => {
    let bytes = Buffer.alloc(0);
    let said: RawRequest | null = null;
    let end = -1;
    const heard: (() => void)[] = [];
    const over = new Promise<string>((resolve) => {
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      socket.on('end', () => resolve('end'));
      socket.on('close', () => resolve('end'));
    });
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (const one of heard.splice(0)) one();
      if (said) return;
      end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const body = () => bytes.subarray(end + 4);
      const hears = async (text: string) => {
        while (!body().includes(text)) await new Promise<void>((resolve) => heard.push(resolve));
      };
      said = { socket, head: bytes.toString('latin1', 0, end).split('\r\n'), body, hears, over };
      answer(said);
    });
  });
  return `http://127.0.0.1:${await listening(server)}`;
}
