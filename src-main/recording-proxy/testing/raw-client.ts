import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection on which a test says and hears bytes. */
export class RawClient {
  readonly socket: Socket;
  readonly port: number;
  #received = Buffer.alloc(0);
  #heard: (() => void)[] = [];
  /** How it ended: `end` for a regular close, else the code of the error; null while it is open. */
  ended: string | null = null;

  constructor(url: string) {
    this.port = Number(new URL(url).port);
    this.socket = connect(this.port, '127.0.0.1');
    this.socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#tell();
    });
    this.socket.on('end', () => this.#over('end'));
    this.socket.on('error', (error: NodeJS.ErrnoException) => this.#over(error.code ?? 'error'));
    this.socket.on('close', () => this.#over('end'));
    onTestFinished(() => void this.socket.destroy());
  }

  get received(): Buffer {
    return this.#received;
  }
  get text(): string {
    return this.#received.toString('latin1');
  }

  /** Says a head, with a `Host` that is the server's, lines as given. */
  say(head: string[], body: string | Buffer = ''): void {
    const [first, ...lines] = head;
    const text = [first, `Host: 127.0.0.1:${this.port}`, ...lines, '', ''].join('\r\n');
    this.socket.write(Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from(body as string)]));
  }

  /** Resolves when the text is there. */
  async hears(text: string | (() => boolean)): Promise<void> {
    const isThere = typeof text === 'string' ? () => this.text.includes(text) : text;
    while (!isThere()) {
      if (this.ended !== null) throw new Error(`ended (${this.ended}) with: ${this.text}`);
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }

  /** Resolves when the connection is over. @returns how it ended */
  async over(): Promise<string> {
    while (this.ended === null) await new Promise<void>((resolve) => this.#heard.push(resolve));
    return this.ended;
  }

  #over(how: string): void {
    this.ended ??= how;
    this.#tell();
  }

  #tell(): void {
    for (const heard of this.#heard.splice(0)) heard();
  }
}
