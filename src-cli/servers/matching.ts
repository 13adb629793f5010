import type { Values } from '../arguments/option.ts';
import { DEFAULT_MATCHING, type Matching } from '../../src-core/replay/matching.ts';
import { proposalFor } from '../arguments/proposal.ts';
import { UsageError } from '../failure.ts';

/** What `--match` takes beside JSON pointers. */
const PARTS = ['method', 'path', 'model', 'body', 'none'] as const;

/**
 * By what requests are told apart: `--match method,path,/messages/0/content`, and `--choice`.
 * @throws UsageError
 */
export function matchingOf(values: Values): Matching {
  const choice = values.choice<Matching['choice']>('choice', DEFAULT_MATCHING.choice);
  const parts = values.list('match');
  if (parts.length === 0) return { ...DEFAULT_MATCHING, choice };
  const fields = parts.filter((part) => part.startsWith('/'));
  for (const part of parts) {
    if (part.startsWith('/') || (PARTS as readonly string[]).includes(part)) continue;
    const near = proposalFor(part, PARTS);
    throw new UsageError(
      `--match can't be ${JSON.stringify(part)}.`,
      `${near ? `Did you mean ${near}? ` : ''}It is ${PARTS.join(', ')}, or a JSON pointer ` +
        'into the body (/messages/0/content).',
    );
  }
  const has = (part: (typeof PARTS)[number]) => parts.includes(part);
  if (has('none') && parts.length > 1)
    throw new UsageError('--match none stands beside others.', 'Leave it out, or the others.');
  if (has('body') && fields.length > 0)
    throw new UsageError('--match has body and fields of it.', 'The whole body has its fields.');
  const body = has('body') ? 'exact' : fields.length > 0 ? 'fields' : 'any';
  return { method: has('method'), path: has('path'), model: has('model'), body, fields, choice };
}
