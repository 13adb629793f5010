import type { Writable } from 'node:stream';
import { BrokenPipe } from '../failure.ts';

/** Text that waits for `flush` is passed on by itself beyond this many characters. */
const WAITING = 64 * 1024;

/**
 * Standard output or standard error. What is written waits for `flush`, which resolves when the other
 * side has taken it: a slow reader slows the program down instead of filling its memory.
 */
export class Output {
  readonly isTerminal: boolean;
  /** Characters in a line of the terminal; Infinity where there is none. */
  readonly columns: number;
  readonly #stream: Writable;
  #waiting: string[] = [];
  #size = 0;
  #broken = false;

  constructor(stream: Writable, terminal: { isTerminal: boolean; columns?: number }) {
    this.#stream = stream;
    this.isTerminal = terminal.isTerminal;
    this.columns = terminal.isTerminal ? (terminal.columns ?? 80) : Infinity;
    // Without a listener the error would end the process; `flush` gets it from the write as well.
    stream.on('error', () => (this.#broken = true));
  }

  write(text: string): void {
    this.#waiting.push(text);
    this.#size += text.length;
  }

  line(text = ''): void {
    this.write(`${text}\n`);
  }

  /** Whether so much waits that `flush` is due. */
  get isFull(): boolean {
    return this.#size > WAITING;
  }

  /** @throws BrokenPipe where nobody reads any more; system errors of writing (a full disk) */
  async flush(): Promise<void> {
    if (this.#broken) throw new BrokenPipe();
    if (this.#size === 0) return;
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#size = 0;
    await this.#send(text);
  }

  /** Writes bytes as they are, after the text that waits. @throws like `flush` */
  async bytes(bytes: Uint8Array): Promise<void> {
    await this.flush();
    if (bytes.length > 0) await this.#send(bytes);
  }

  #send(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#stream.write(data, (error) => (error ? reject(asBrokenPipe(error)) : resolve()));
    });
  }
}

function asBrokenPipe(error: Error): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['EPIPE', 'ERR_STREAM_DESTROYED', 'EOF'].includes(code) ? new BrokenPipe() : error;
}
