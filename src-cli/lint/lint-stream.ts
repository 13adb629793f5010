import type { Problem, Severity } from '../../src-core/problem.ts';
import type { Call } from '../command.ts';
import type { Source } from '../sources/source.ts';
import { ByteWindow } from '../stream/byte-window.ts';
import { readStream } from '../stream/read-stream.ts';
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
  const silenced = new Set([...values.list('silence')]);
  const lowest = RANK[values.choice<Severity>('level', 'note')];
  const counts = noCounts();
  let silencedCount = 0;
  let listed = 0;
  const take = ({ rule, severity, seq, start, end, message }: Problem) => {
    listed++;
    if (silenced.has(rule)) {
      silencedCount++;
      return;
    }
    counts[severity]++;
    if (RANK[severity] < lowest) return;
    const line = window.lineOf(start);
    report.finding(source, { rule, severity, seq, start, end, line, message });
  };
  const indexer = await readStream(source, {
    bytes: (bytes) => window.append(bytes),
    async batch(batch) {
      for (const problem of batch.problems) {
        take(problem);
        if (console.stdout.isFull) await console.stdout.flush();
      }
      if (batch.count > 0) window.release(batch.columns.end[batch.count - 1]!);
      await console.stdout.flush();
    },
  });
  return {
    source,
    protocol: 'event stream',
    dialect: 'plain',
    framing: 'sse',
    profile: null,
    events: indexer.eventCount,
    bytes: window.end,
    counts,
    silenced: silencedCount,
    unlisted: indexer.problemCount - listed,
  };
}
