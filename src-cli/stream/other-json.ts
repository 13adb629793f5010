import type { DialectId, Framing } from '../../src-core/dialects/dialect.ts';
import type { Values } from '../arguments/option.ts';
import { InputError } from '../failure.ts';
import type { Source } from '../sources/source.ts';

/**
 * A request that failed must not look like a clean stream: JSON in which nothing is an event of a known dialect is
 * refused, unless somebody says that it is meant.
 * @param read what came of reading it
 * @param head its first bytes, of which 400 are enough
 * @throws InputError
 */
export function refuseOtherJson(
  source: Source,
  values: Values,
  read: { framing: Framing; dialect: DialectId },
  head: () => Uint8Array,
): void {
  const isMeant = values.flag('dialect') || values.flag('framing') || source.capture !== null;
  if (read.framing === 'sse' || read.dialect !== 'plain' || isMeant) return;
  throw new InputError(
    `${source.name} is JSON, and nothing in it is an event of a dialect that is known: it begins with ${beginning(head())}.`,
    'An answer that is no stream looks like this. For other JSON lines say --dialect plain.',
  );
}

/** Enough of an answer to know what it says, on one line. */
function beginning(head: Uint8Array): string {
  const text = Buffer.from(head).toString('utf8').replace(/\s+/g, ' ').trim();
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
