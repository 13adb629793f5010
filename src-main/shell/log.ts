import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 1024 * 1024;

/** A text file for what went wrong inside, one older file kept. It holds no secrets. */
export class Log {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  write(message: string): void {
    const line = `${new Date().toISOString()} ${withoutSecrets(message)}\n`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
      if (sizeOf(this.#path) > MAX_BYTES) renameSync(this.#path, `${this.#path}.1`);
      appendFileSync(this.#path, line, { mode: 0o600 });
    } catch {
      // A log that can't be written must not be what breaks the app.
    }
    if (process.env.DELTASCOPE_LOG === 'stderr') process.stderr.write(line);
  }
}

/** Errors quote URLs, headers and JSON: whatever looks like a credential is left out. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\b(?:sk|pk|rk|xai|gsk|key)-[A-Za-z0-9_-]{6,}/g, '•••')
    .replace(/\b(bearer|basic)\s+[A-Za-z0-9+/._~=-]{6,}/gi, '$1 •••')
    .replace(
      /((?:api[-_]?key|authorization|token|secret|cookie)["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi,
      '$1•••',
    )
    .replace(/(\/\/)[^/\s:@]+:[^/\s@]+@/g, '$1•••@');
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
