import { compiledPattern } from '../../src-core/redaction/custom-pattern.ts';
import {
  type CustomPattern,
  DEFAULT_REDACTION,
  NO_REDACTION,
  REDACTION_CLASSES,
  type RedactionOptions,
} from '../../src-core/redaction/options.ts';
import type { OptionSpec, Values } from '../arguments/option.ts';
import { UsageError } from '../failure.ts';

/** Options about what is struck out. */
export const REDACTION_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'redact',
    value: 'CLASS',
    choices: REDACTION_CLASSES,
    many: true,
    text: 'Strike this out as well: secret, organisation and user are struck out anyway, email is not. Several times, or with commas.',
  },
  {
    name: 'keep',
    value: 'CLASS',
    choices: REDACTION_CLASSES,
    many: true,
    text: 'Leave this as it is. Several times, or with commas.',
  },
  {
    name: 'pattern',
    value: 'PATTERN',
    text: 'Strike out this text, or what /REGEX/ matches. Several times.',
  },
  { name: 'no-redact', text: 'Strike nothing out.' },
];

/** What is struck out by a command line. @throws UsageError */
export function redactionOf(values: Values): RedactionOptions {
  const custom = values.all('pattern').map(patternOf);
  const [also, kept] = [values.list('redact'), values.list('keep')];
  if (values.flag('no-redact')) {
    if (custom.length + also.length + kept.length > 0)
      throw new UsageError('--no-redact stands beside what is to be struck out.', 'Leave it out.');
    return NO_REDACTION;
  }
  const both = also.find((one) => kept.includes(one));
  if (both !== undefined)
    throw new UsageError(`--redact and --keep both name ${both}.`, 'Leave one of them out.');
  const classes = REDACTION_CLASSES.map((one) => [
    one,
    also.includes(one) || (DEFAULT_REDACTION[one] && !kept.includes(one)),
  ]);
  return { ...DEFAULT_REDACTION, ...Object.fromEntries(classes), custom };
}

function patternOf(text: string): CustomPattern {
  const [, regex] = /^\/(.+)\/$/s.exec(text) ?? [];
  const pattern: CustomPattern =
    regex === undefined ? { kind: 'text', pattern: text } : { kind: 'regex', pattern: regex };
  const compiled = compiledPattern(pattern);
  if (typeof compiled !== 'string') return pattern;
  throw new UsageError(`--pattern can't be ${JSON.stringify(text)}.`, compiled);
}
