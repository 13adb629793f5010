import type { Severity } from '../../src-core/problem.ts';
import type { Console } from './console.ts';

export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;
export type Ink = keyof typeof CODES;

/** Writes text in colours, or leaves it as it is. */
export class Style {
  readonly isOn: boolean;

  constructor(isOn: boolean) {
    this.isOn = isOn;
  }

  in(ink: Ink, text: string): string {
    return this.isOn && text !== '' ? `\u001b[${CODES[ink]}m${text}\u001b[0m` : text;
  }

  severity(severity: Severity, text: string): string {
    const inks: Record<Severity, Ink> = { error: 'red', warning: 'yellow', note: 'blue' };
    return this.in(inks[severity], text);
  }
}

/**
 * With `auto`, colours are for terminals, unless NO_COLOR is set to anything (no-color.org) or the
 * terminal says that it knows none.
 */
export function styleOf(choice: ColorChoice, { stdout, env }: Console): Style {
  if (choice !== 'auto') return new Style(choice === 'always');
  return new Style(stdout.isTerminal && !env.NO_COLOR && env.TERM !== 'dumb');
}
