import { connect, type Socket } from 'node:net';

/** An answer as it stood on the connection, read without Node's HTTP. */
export interface RawAnswer {
  statusLine: string;
  /** In their order and case. */
  headers: [string, string][];
  /** What came after the head. */
  rest: Buffer;
  /** `fin`, or the code of what broke the connection. */
  ended: string;
}

/** Sends bytes, and collects what comes until the connection is over. */
export function rawExchange(port: number, request: string): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    let ended = 'fin';
    const socket = rawClient(port, request);
    socket.on('data', (bytes) => received.push(bytes));
    socket.on('error', (error: NodeJS.ErrnoException) => (ended = error.code ?? error.message));
    socket.on('close', () => {
      const all = Buffer.concat(received);
      const at = all.indexOf('\r\n\r\n');
      const [statusLine = '', ...lines] = all.toString('latin1', 0, Math.max(0, at)).split('\r\n');
      const headers = lines.map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      });
      resolve({ statusLine, headers, rest: all.subarray(at + 4), ended });
    });
  });
}

export function rawClient(port: number, request: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  return socket;
}

/** A request with a body of JSON, as bytes; the connection is closed after it. */
export function requestText(port: number, path: string, body: unknown, method = 'POST'): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${text}`;
}

/** The chunks of a body in chunked coding (RFC 9112, 7.1), and whether its last one came. */
export function chunksIn(coded: Buffer): { chunks: Buffer[]; whole: boolean } {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const line = coded.indexOf('\r\n', at);
    if (line < 0) return { chunks, whole: false };
    const size = Number.parseInt(coded.toString('latin1', at, line), 16);
    if (size === 0) return { chunks, whole: coded.toString('latin1', line) === '\r\n\r\n' };
    const start = line + 2;
    if (start + size + 2 > coded.length) return { chunks, whole: false };
    chunks.push(coded.subarray(start, start + size));
    if (coded.toString('latin1', start + size, start + size + 2) !== '\r\n')
      throw new Error(`no line end after the chunk at ${at}`);
    at = start + size + 2;
  }
}
