import { dialectOf } from '../../src-core/dialects/dialects.ts';
import type { Problem, ProblemTally, Severity } from '../../src-core/problem.ts';
import type { Call } from '../command.ts';
import type { Source } from '../sources/source.ts';
import { ByteWindow } from '../stream/byte-window.ts';
import { readStream } from '../stream/read-stream.ts';
import { ruleNamed } from './known-rules.ts';
import { type LintedStream, type LintReport, noCounts } from './finding.ts';

const RANK: Record<Severity, number> = { error: 2, warning: 1, note: 0 };

/**
 * Reads a stream and tells the report what is found while it is read.
 * @throws InputError where it can't be read, or holds no event; what was found before is told
 */
export async function lintStream(
  { console, values }: Call,
  source: Source,
  report: LintReport,
): Promise<LintedStream> {
  const window = new ByteWindow();
  const silenced = new Set([
    ...values.list('silence').map((name) => ruleNamed(name).id),
    ...(source.capture?.silenced ?? []),
  ]);
  const lowest = RANK[values.choice<Severity>('level', 'note')];
  let listed = 0;
  const tell = ({ rule, severity, seq, start, end, message }: Problem) => {
    if (silenced.has(rule) || RANK[severity] < lowest) return;
    const line = window.lineOf(start);
    report.finding(source, { rule, severity, seq, start, end, line, message });
  };
  const indexer = await readStream(source, values, {
    bytes: (bytes) => window.append(bytes),
    async batch(batch) {
      listed += batch.problems.length;
      for (const problem of batch.problems) {
        tell(problem);
        if (console.stdout.isFull) await console.stdout.flush();
      }
      if (batch.count > 0) window.release(batch.columns.end[batch.count - 1]!);
      await console.stdout.flush();
    },
  });
  return {
    source,
    protocol: dialectOf(indexer.dialect).title,
    dialect: indexer.dialect,
    framing: indexer.framing,
    profile: null,
    events: indexer.eventCount,
    bytes: window.end,
    ...countsOf(indexer.problemTally, silenced),
    unlisted: indexer.problemCount - listed,
  };
}

/** All problems, those included that are too many to be listed. */
function countsOf(
  tally: readonly ProblemTally[],
  silenced: ReadonlySet<string>,
): Pick<LintedStream, 'counts' | 'silenced'> {
  const counts = noCounts();
  let unheard = 0;
  for (const { rule, severity, count } of tally) {
    if (silenced.has(rule)) unheard += count;
    else counts[severity] += count;
  }
  return { counts, silenced: unheard };
}
