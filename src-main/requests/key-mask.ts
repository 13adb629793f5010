import { isSecretName, REDACTED } from '../../src-ipc/secret-headers.ts';

/** A shorter secret is none that anybody guards, and would be found in innocent text. */
const MIN_LENGTH = 8;
/** A word of fewer letters stands in innocent text. */
const MIN_WORD = 20;
/** Nobody writes a longer placeholder. */
const LONGEST_PLAIN = 100;
/** Each form takes a pass over the answer: a longer value is looked for as it stands. */
const LONGEST_FORMED = 4096;
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
    for (const secret of [value, token, passwordOf(value), ...cookies]) {
      if (secret.length < MIN_LENGTH || isPlain(secret)) continue;
      for (const form of formsOf(secret)) if (form.length >= MIN_LENGTH) secrets.add(form);
    }
  }
  return [...secrets].sort((a, b) => b.length - a.length);
}

/** The password of `Basic` and its base64; `''` for none. */
function passwordOf(value: string): string {
  const pair = /^Basic\s+([\w+/-]+={0,2})$/i.exec(value)?.[1];
  const said = pair ? Buffer.from(pair, 'base64').toString('utf8') : '';
  return said.slice(said.indexOf(':') + 1);
}

/** A value also without its quotes, and as an address or JSON quotes it. */
function formsOf(value: string): string[] {
  const bare = /^"(.*)"$/.exec(value)?.[1] ?? value;
  // With its scheme it has a space, and the token without it is looked for anyway.
  if (/\s/.test(bare) || bare.length > LONGEST_FORMED) return [value];
  const json = JSON.stringify(bare).slice(1, -1);
  const address = encodeURIComponent(Buffer.from(bare).toString());
  return [value, bare, json, json.replaceAll('/', '\\/'), address];
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

  /** Goes on where this one is, with secrets that are known by now. */
  with(secrets: readonly string[]): KeyMask {
    const next = new KeyMask(secrets, this.#found);
    next.#held = this.#held;
    next.#heldMasked = this.#heldMasked;
    return next;
  }

  /** Nothing more comes: what was held was no secret, but for a long beginning of one that was cut off. */
  rest(): Uint8Array {
    const rest = this.#heldMasked;
    if (this.#held.toString('latin1').replace(/^[A-Za-z-]+\s+/, '').length >= MIN_LENGTH) {
      rest.fill(0x2a);
      this.#found = true;
    }
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
