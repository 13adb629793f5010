import { isSecretName, REDACTED } from '../../src-ipc/secret-headers.ts';

/** A shorter secret is none that anybody guards, and would be found in innocent text. */
const MIN_LENGTH = 8;
/** A word of fewer letters stands in innocent text. */
const MIN_WORD = 20;
/** Nobody writes a longer placeholder. */
const LONGEST_PLAIN = 100;
/** What people and tools write for want of a key is made of these, as `lm-studio` and `not-needed`. */
const PLACEHOLDERS =
  'no|not|none|na|null|undefined|empty|needed|required|used|unused|ignored|any|anything|api|key|token|your|my|here|local|localhost|server|lm|studio|ollama|vllm|llama|cpp|dummy|fake|test|testing|example|placeholder|redacted|sanitized|filtered|hidden';
const PLACEHOLDER = new RegExp(`^(?:(?:${PLACEHOLDERS})(?:[-_ ]+|$))*$`, 'i');

/**
 * What has to be kept out of a capture: the values of secret headers, and what a server would quote of
 * them: the token without its scheme, the value without its cookie's name. The longest first. What is a plain
 * word or a placeholder is left out: to look for it would change innocent text.
 */
export function secretsOf(headers: readonly (readonly [string, string])[]): string[] {
  const secrets = new Set<string>();
  for (const [name, value] of headers) {
    if (!isSecretName(name)) continue;
    const token = /^[A-Za-z-]+\s+(\S+)$/.exec(value)?.[1] ?? value;
    const cookies = /cookie/i.test(name)
      ? value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())
      : [];
    for (const secret of [value, token, ...cookies]) {
      if (secret.length >= MIN_LENGTH && !isPlain(secret)) secrets.add(secret);
    }
  }
  return [...secrets].sort((a, b) => b.length - a.length);
}

/** A word in one case, or a placeholder. */
function isPlain(value: string): boolean {
  if (value.length > LONGEST_PLAIN) return false;
  const bare = value.replace(/^\W*(?:(?:Bearer|Basic|Token)\s+)?\W*|\W+$/gi, '');
  return (
    (bare.length < MIN_WORD && /^(?:[A-Z]*[a-z]*|[A-Z]+)$/.test(bare)) || PLACEHOLDER.test(bare)
  );
}

/** Replaces secrets wherever they stand in a text: a server may quote them. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.split(secret).join(REDACTED), text);
}

/**
 * Keeps secrets out of a body that is recorded: some servers quote a key in an error. This is the one
 * thing that is ever changed in received bytes; asterisks keep the length. A chunk that ends in what
 * may be a secret's beginning gives those few bytes to the next one.
 */
export class KeyMask {
  readonly #secrets: Buffer[];
  /** As received: the beginning of a secret, perhaps. */
  #held: Buffer = Buffer.alloc(0);
  /** The same bytes as they will be kept: another secret may have ended in them. */
  #heldMasked: Buffer = Buffer.alloc(0);
  #found: boolean;

  /** @param secrets see `secretsOf` @param found whether one has been seen before */
  constructor(secrets: readonly string[], found = false) {
    this.#found = found;
    this.#secrets = secrets.map((secret) => Buffer.from(secret, 'utf8'));
  }

  /** Whether a secret has been seen. */
  get found(): boolean {
    return this.#found;
  }

  /** @returns what can be kept of what came so far */
  mask(chunk: Uint8Array): Uint8Array {
    if (this.#secrets.length === 0) return chunk;
    const bytes = Buffer.concat([this.#held, chunk]);
    // A copy of its own: the chunk is the caller's.
    const masked = Buffer.concat([this.#heldMasked, chunk]);
    let held = 0;
    for (const secret of this.#secrets) {
      for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + 1)) {
        masked.fill(0x2a, at, at + secret.length);
        this.#found = true;
      }
      held = Math.max(held, heldLength(bytes, secret));
    }
    this.#held = Buffer.from(bytes.subarray(bytes.length - held));
    this.#heldMasked = Buffer.from(masked.subarray(masked.length - held));
    return masked.subarray(0, masked.length - held);
  }

  /** Nothing more comes: what was held was no secret. */
  rest(): Uint8Array {
    const rest = this.#heldMasked;
    this.#held = Buffer.alloc(0);
    this.#heldMasked = Buffer.alloc(0);
    return rest;
  }
}

/** How many bytes at the end are a beginning of the secret. */
function heldLength(bytes: Buffer, secret: Buffer): number {
  for (let length = Math.min(secret.length - 1, bytes.length); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(secret.subarray(0, length))) return length;
  }
  return 0;
}
