import {
  type DialectId,
  DIALECTS,
  type Framing,
  FRAMINGS,
} from '../../src-core/dialects/dialect.ts';
import type { IndexerOptions } from '../../src-core/index/indexer.ts';
import type { OptionSpec, Values } from '../arguments/option.ts';

/** Options of every command that reads a stream. */
export const READING_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'dialect',
    value: 'DIALECT',
    choices: DIALECTS,
    text: `What the events speak, where it is not to be told from them: ${DIALECTS.join(', ')}.`,
  },
  {
    name: 'framing',
    value: 'FRAMING',
    choices: FRAMINGS,
    text: 'How events are divided: sse (an event stream), lines (a JSON value a line) or array (one JSON array). Left out: the first bytes say it.',
  },
];

/** What a person said of the streams, for the indexer. */
export function chosenReading(values: Values): Pick<IndexerOptions, 'dialect' | 'framing'> {
  const dialect = values.value('dialect') as DialectId | undefined;
  const framing = values.value('framing') as Framing | undefined;
  return { ...(dialect && { dialect }), ...(framing && { framing }) };
}
