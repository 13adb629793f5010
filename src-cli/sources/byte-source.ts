import { createReadStream } from 'node:fs';
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
    isPart: false,
    streams: 1,
    looked: '',
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

/** A regular file. The next bytes are read while those before are worked on. */
export function fileSource(name: string, path: string, looked: string): Source {
  return {
    name,
    path: name,
    isPart: false,
    streams: 1,
    looked,
    capture: null,
    isTimed: false,
    isLive: false,
    async *pieces() {
      let file: FileHandle | null = null;
      try {
        file = await open(path, 'r');
        let next = readOn(file);
        for (let continued = false; ; continued = true) {
          const bytes = await next;
          if (bytes.length === 0) break;
          next = readOn(file);
          // What it throws is thrown where it is awaited, also where nobody wants it any more.
          next.catch(() => {});
          yield [{ bytes, timeUs: 0, continued }];
        }
      } catch (error) {
        throw unreadable(name, error);
      } finally {
        await file?.close();
      }
    },
  };
}

/** The bytes that follow, in a buffer of their own: whoever reads may keep it. None at the end. */
async function readOn(file: FileHandle): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(READ_SIZE);
  const { bytesRead } = await file.read(buffer, 0, READ_SIZE, null);
  return buffer.subarray(0, bytesRead);
}

/** A named pipe or a device, such as the shell's `<(...)`: its bytes have the time at which they came. */
export function pipeSource(name: string, path: string, { now }: Console): Source {
  return {
    name,
    path: name,
    isPart: false,
    streams: 1,
    looked: '',
    capture: null,
    isTimed: true,
    isLive: true,
    async *pieces() {
      const began = now();
      try {
        for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
          yield [pieceOf(chunk, Math.round(now() - began))];
      } catch (error) {
        throw unreadable(name, error);
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
