import { writeFile } from 'node:fs/promises';
import type { CaptureMeta } from '../../src-core/capture.ts';
import { applyFaults } from '../../src-core/faults/apply-faults.ts';
import type { FaultList } from '../../src-core/faults/fault-list.ts';
import { endOf } from '../../src-core/faults/preview-faults.ts';
import type { Pace } from '../../src-core/replay/pace.ts';
import { paced } from '../../src-core/replay/paced.ts';
import type { Recorded } from '../../src-core/replay/recorded.ts';
import { replyOf } from '../../src-core/replay/reply-of.ts';
import { chunkLine } from '../captures/chunk-table.ts';
import { type CaptureStore, newMeta } from '../captures/store.ts';
import { computeFacts } from '../captures/summary.ts';

/** What a client asks of, and how: faults come after the pace. */
export interface AskedFaults {
  faults: FaultList;
  pace: Pace;
  /** Which request it is, from 1. */
  request: number;
}

/**
 * Makes a capture of what a client would get of this one, with the times at which it would, and shows it. The
 * capture itself stays what it is.
 * @returns its id
 * @throws system errors of writing
 */
export async function saveFaulted(
  store: CaptureStore,
  meta: CaptureMeta,
  recorded: Recorded,
  { faults, pace, request }: AskedFaults,
): Promise<string> {
  const { reply, outcomes } = applyFaults(
    paced(replyOf(recorded), pace),
    faults,
    request,
    meta.dialect,
  );
  const { status, statusText, headers, headAtUs } = reply;
  const isAnswered = headAtUs !== Infinity;
  const portions = isAnswered ? reply.portions : [];
  const staged = store.stage();
  try {
    const bodies = portions.map(({ bytes }) => bytes);
    await writeFile(staged.paths.body, Buffer.concat(bodies), { flag: 'wx', mode: 0o600 });
    const table = portions.map(({ bytes, atUs }) =>
      chunkLine({ timeUs: headAtUs + atUs, size: bytes.length }),
    );
    await writeFile(staged.paths.chunks, table.join(''), { flag: 'wx', mode: 0o600 });
    const response = isAnswered ? { status, statusText, httpVersion: '1.1', headers } : null;
    const made: CaptureMeta = {
      ...newMeta(staged.id, {
        name: `${meta.name} (${nameOf(faults, outcomes)})`.slice(0, 200),
        origin: meta.origin,
        createdAt: meta.createdAt,
        addedAt: new Date().toISOString(),
        request: meta.request,
        end: endOf({ ...reply, portions, headAtUs: isAnswered ? headAtUs : 0 }),
        timed: true,
      }),
      response,
      ...(meta.dialect && { dialect: meta.dialect }),
      ...(meta.profile !== undefined && { profile: meta.profile }),
    };
    const { facts, bytes } = await computeFacts(staged.paths, made);
    store.adopt(staged, made, facts, bytes);
  } catch (error) {
    store.discard(staged);
    throw error;
  }
  store.announce(staged.id);
  return staged.id;
}

/** What was done to it, as part of a name. */
function nameOf(
  { name }: FaultList,
  outcomes: readonly { became: string; words: string }[],
): string {
  const done = outcomes.filter(({ became }) => became === 'applied');
  const [first] = done;
  if (!first) return 'faults: none applied';
  return done.length === 1 ? `faults: ${first.words}` : `faults: ${name || `${done.length} steps`}`;
}
