import type { Call } from '../command.ts';
import { capturedJson } from '../console/captured-text.ts';
import { InputError } from '../failure.ts';
import type { Source } from '../sources/source.ts';
import { lastEvents, readWhole } from '../stream/whole-stream.ts';
import type { Losses } from './losses.ts';

/** Writes the object that each response of a stream amounts to in the end. */
export async function writeObjects(
  { console: { stdout }, values }: Call,
  source: Source,
  losses: Losses,
): Promise<void> {
  const { stream } = await readWhole(source, values);
  let written = 0;
  for (const seq of lastEvents(stream)) {
    const object = stream.snapshotAt(seq);
    if (!object) continue;
    stdout.line(capturedJson(source.name, object, 2));
    written++;
    await stdout.flush();
  }
  if (written === 0)
    throw new InputError(
      `${source.name} amounts to no object: no event tells of one.`,
      'Its events can be had with --to jsonl.',
    );
  losses.mass('the events themselves');
  losses.count('comments', stream.index.commentCount);
  if (source.capture?.timed) losses.mass('arrival times');
}
