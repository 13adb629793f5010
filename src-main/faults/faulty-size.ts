import { Refusal } from '../refusal.ts';
import { bytesText } from '../wording.ts';

/** Bytes of a body that faults are applied to: it is in memory several times, and each step may read it anew. */
export const MAX_FAULTY_BYTES = 64 * 1024 * 1024;

/**
 * @param size of the body in bytes
 * @param name of the recording; left out: the sentence speaks of the recording
 * @throws Refusal `too-large`
 */
export function refuseTooLarge(size: number, name = 'The recording'): void {
  if (size > MAX_FAULTY_BYTES)
    throw new Refusal(
      'too-large',
      `${name} has ${bytesText(size)}: faults are applied to up to ${MAX_FAULTY_BYTES / 2 ** 20} MiB.`,
    );
}
