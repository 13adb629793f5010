import { type FileHandle, open } from 'node:fs/promises';
import { messageOf } from '../../src-main/refusal.ts';
import type { Console } from '../console/console.ts';
import { InputError } from '../failure.ts';
import type { Piece, Source } from './source.ts';

/** What is read of a file at once. */
const READ_SIZE = 256 * 1024;

/** Standard input. Its bytes have the time at which they came through a pipe. */
export function standardInput({ stdin, now }: Console): Source {
  const began = now();
  return {
    name: '(standard input)',
    path: null,
    capture: null,
    isTimed: stdin.isPipe,
    isLive: stdin.isPipe || stdin.isTerminal,
    async *pieces() {
      try {
        for await (const chunk of stdin.chunks()) yield [pieceOf(chunk, Math.round(now() - began))];
      } catch (error) {
        throw new InputError(`Standard input can't be read: ${messageOf(error)}.`);
      }
    },
  };
}

/**
 * A file of any kind that can be read from its start to its end.
 * @param isPipe it is a named pipe or a device, such as the shell's `<(...)`
 */
export function fileSource(name: string, path: string, isPipe: boolean, console: Console): Source {
  return {
    name,
    path: name,
    capture: null,
    isTimed: isPipe,
    isLive: isPipe,
    async *pieces() {
      const began = console.now();
      let file: FileHandle | null = null;
      try {
        file = await open(path, 'r');
        for (let continued = false; ; continued = !isPipe) {
          // A buffer of its own each time: whoever reads may keep it.
          const buffer = Buffer.allocUnsafeSlow(READ_SIZE);
          const { bytesRead } = await file.read(buffer, 0, READ_SIZE, null);
          if (bytesRead === 0) break;
          const timeUs = isPipe ? Math.round(console.now() - began) : 0;
          yield [{ bytes: buffer.subarray(0, bytesRead), timeUs, continued }];
        }
      } catch (error) {
        throw unreadable(name, error);
      } finally {
        await file?.close();
      }
    },
  };
}

function pieceOf(chunk: Uint8Array, timeUs: number): Piece {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return { bytes, timeUs, continued: false };
}

const REASONS: Record<string, [string, string]> = {
  ENOENT: ['there is no such file', 'Check the name.'],
  EACCES: ['you may not read it', 'Change its permissions.'],
  EPERM: ['you may not read it', 'Change its permissions.'],
  EISDIR: ['it is a folder', 'Name a file in it.'],
};

/** In the words of the person who named it. */
export function unreadable(name: string, error: unknown): InputError {
  const [fact, advice] = REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? [
    messageOf(error),
    '',
  ];
  return new InputError(`${name} can't be read: ${fact}.`, advice);
}
