import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '../../src-main/refusal.ts';
import type { Call } from '../command.ts';
import { UsageError } from '../failure.ts';

/**
 * The address of a server that an option gives; undefined where it was not given.
 * @throws UsageError
 */
export function upstreamOf({ values }: Call, name: string): string | undefined {
  const text = values.value(name);
  if (text === undefined) return undefined;
  if (/^https?:\/\/[^/]/.test(text) && isUrl(text)) return text;
  throw new UsageError(
    `--${name} can't be ${JSON.stringify(text)}.`,
    'It is an address such as https://api.openai.com/v1.',
  );
}

function isUrl(text: string): boolean {
  try {
    new URL(text);
    return true;
  } catch {
    return false;
  }
}

/** Where captures go: `--out`, made where it is missing. */
export interface OutFolder {
  /** As it was named. */
  name: string;
  /** Absolute. */
  path: string;
}

/** @throws UsageError where it can't be made */
export function outFolder({ console, values }: Call): OutFolder {
  const name = values.value('out') ?? 'recordings';
  const path = resolve(console.workingDirectory, name);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UsageError(
      `The folder ${name} can't be made: ${messageOf(error)}.`,
      'Name another one with --out.',
    );
  }
  return { name, path };
}
