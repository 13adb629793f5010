import { type AudioFormat, audioFormatOf } from '../../src-core/media/audio.ts';
import { bytesOfBase64, isBase64 } from './base64.ts';

/** Bytes of sound kept of a response: what comes later is left out, and said. */
export const SOUND_BYTES = 32 * 1024 * 1024;

/** The sound of the first deltas of a response. */
export interface SoundOf {
  /** The bytes of each delta that is kept. */
  parts: readonly Uint8Array<ArrayBuffer>[];
  size: number;
  /** Deltas that are no base64 as a whole. */
  broken: number;
  isCut: boolean;
  /** Null where the bytes are bare samples. */
  format: AudioFormat | null;
}

/** The bytes of the sound of one response: each delta is decoded once, in their order. */
export class SoundBytes {
  readonly #limit: number;
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  /** After each delta that is kept: the bytes so far, and how many deltas were damaged. */
  readonly #sizes: number[] = [];
  readonly #broken: number[] = [];
  #isFull = false;

  constructor(limit = SOUND_BYTES) {
    this.#limit = limit;
  }

  /** Deltas that are kept. */
  get count(): number {
    return this.#parts.length;
  }
  /** Nothing more is taken: a delta went beyond the limit. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Takes the base64 of the next delta. */
  push(base64: string): void {
    if (this.#isFull) return;
    const bytes = bytesOfBase64(base64);
    const size = (this.#sizes.at(-1) ?? 0) + bytes.length;
    this.#isFull = size > this.#limit;
    if (this.#isFull) return;
    this.#parts.push(bytes);
    this.#sizes.push(size);
    this.#broken.push((this.#broken.at(-1) ?? 0) + (isBase64(base64) ? 0 : 1));
  }

  /** The sound of the first `count` deltas, as far as it is kept. */
  at(count: number): SoundOf {
    const kept = Math.min(count, this.count);
    return {
      parts: this.#parts.slice(0, kept),
      size: this.#sizes[kept - 1] ?? 0,
      broken: this.#broken[kept - 1] ?? 0,
      isCut: this.#isFull && count > kept,
      format: audioFormatOf(this.#parts[0] ?? new Uint8Array()),
    };
  }
}
