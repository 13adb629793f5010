/** What stands for a secret wherever a request is kept or shown. */
export const REDACTED = '•••';

/** A shorter key is none that anybody guards, and would be found in innocent text. */
const MIN_LENGTH = 8;

/** Replaces the key wherever it stands in a text: a server may quote it. */
export function withoutKey(text: string, key: string | null): string {
  return key !== null && key.length >= MIN_LENGTH ? text.split(key).join(REDACTED) : text;
}

/**
 * Keeps the key out of a body that is recorded: some servers quote it in an error. This is the one
 * thing that is ever changed in received bytes; asterisks keep the length. A chunk that ends in what
 * may be the key's beginning gives those few bytes to the next one.
 */
export class KeyMask {
  readonly #key: Buffer | null;
  #held: Buffer = Buffer.alloc(0);
  #found = false;

  constructor(key: string | null) {
    this.#key = key !== null && key.length >= MIN_LENGTH ? Buffer.from(key, 'utf8') : null;
  }

  /** Whether the key has been seen. */
  get found(): boolean {
    return this.#found;
  }

  /** @returns what can be kept of what came so far */
  mask(chunk: Uint8Array): Uint8Array {
    const key = this.#key;
    if (!key) return chunk;
    // A copy: the chunk is the caller's.
    const bytes = Buffer.concat([this.#held, chunk]);
    for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at)) {
      bytes.fill(0x2a, at, at + key.length);
      this.#found = true;
    }
    const held = heldLength(bytes, key);
    this.#held = Buffer.from(bytes.subarray(bytes.length - held));
    return bytes.subarray(0, bytes.length - held);
  }

  /** Nothing more comes: what was held was no key. */
  rest(): Uint8Array {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return rest;
  }
}

/** How many bytes at the end are a beginning of the key. */
function heldLength(bytes: Buffer, key: Buffer): number {
  for (let length = Math.min(key.length - 1, bytes.length); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(key.subarray(0, length))) return length;
  }
  return 0;
}
