import { judged, judgedTally } from '../../src-core/conformance/profile.ts';
import { profileOf } from '../../src-core/conformance/profiles.ts';
import { dialectOf } from '../../src-core/dialects/dialects.ts';
import type { Problem, ProblemTally, Severity } from '../../src-core/problem.ts';
import type { Call } from '../command.ts';
import type { Source } from '../sources/source.ts';
import { ByteWindow } from '../stream/byte-window.ts';
import { refuseOtherJson } from '../stream/other-json.ts';
import { readStream } from '../stream/read-stream.ts';
import { ruleNamed } from './known-rules.ts';
import { type LintedStream, type LintReport, noCounts } from './finding.ts';

const RANK: Record<Severity, number> = { error: 2, warning: 1, note: 0 };

/**
 * Reads a stream and tells the report what is found: of a live stream as it comes, judged by the server
 * that it seems to come from by then; of any other in the end, when the server is known.
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
  const chosen = values.value('profile') ?? source.capture?.profile;
  const lowest = RANK[values.choice<Severity>('level', 'note')];
  let profile = profileOf(chosen);
  let listed = 0;
  let waiting: Placed[] = [];
  const tell = async () => {
    for (const { problem, line } of waiting) {
      const { rule, severity, seq, start, end, message } = judged(problem, profile);
      if (silenced.has(rule) || RANK[severity] < lowest) continue;
      report.finding(source, { rule, severity, seq, start, end, line, message });
      if (console.stdout.isFull) await console.stdout.flush();
    }
    waiting = [];
    await console.stdout.flush();
  };
  const reading = readStream(source, values, {
    bytes: (bytes) => window.append(bytes),
    async batch(batch) {
      profile = profileOf(chosen ?? batch.profile);
      listed += batch.problems.length;
      for (const problem of batch.problems)
        waiting.push({ problem, line: window.lineOf(problem.start) });
      if (batch.count > 0) window.release(batch.columns.end[batch.count - 1]!);
      if (source.isLive) await tell();
    },
  });
  const indexer = await reading.catch(async (error: unknown) => {
    // Of what is no stream at all there is one thing to say, and not one for each line.
    if (source.looked === '') await tell();
    throw error;
  });
  refuseOtherJson(source, values, indexer, () => window.slice(0, 400));
  await tell();
  return {
    source,
    protocol: dialectOf(indexer.dialect).title,
    dialect: indexer.dialect,
    framing: indexer.framing,
    profile: profile?.id ?? null,
    server: profile?.title ?? null,
    events: indexer.eventCount,
    bytes: window.end,
    ...countsOf(judgedTally(indexer.problemTally, profile), silenced),
    unlisted: indexer.problemCount - listed,
  };
}

interface Placed {
  problem: Problem;
  line: number | null;
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
