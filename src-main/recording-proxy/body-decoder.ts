import { bytesText } from '../wording.ts';
import { type DecodingStep, decodingStep } from './decoding-steps.ts';

/** Beyond so many bytes that wait for the decoder the upstream waits as well. */
const MOST_WAITING = 4 * 1024 * 1024;
/** A small body may decode to anything: what is beyond is kept as it came on the wire only. */
const MOST_DECODED = 1024 ** 3;

/** The codings of a `content-encoding`, in the order in which they were applied. */
export function codingsOf(encoding: string | undefined): string[] {
  return (encoding ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/** Decodes a body as it comes, one chunk after the other; what comes out has the time of the chunk that gave it. */
export class BodyDecoder {
  readonly #steps: DecodingStep[];
  readonly #take: (bytes: Buffer, timeUs: number) => void;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #eased: (() => void) | null = null;
  #taken = 0;
  #decoded = 0;
  #lastUs = 0;
  #fault = '';

  private constructor(steps: DecodingStep[], take: (bytes: Buffer, timeUs: number) => void) {
    this.#steps = steps;
    this.#take = take;
  }

  /** @returns null where one of the codings can't be undone */
  static of(
    codings: readonly string[],
    take: (bytes: Buffer, timeUs: number) => void,
  ): BodyDecoder | null {
    const steps: DecodingStep[] = [];
    for (const coding of [...codings].reverse()) {
      const step = decodingStep(coding);
      if (!step) return null;
      steps.push(step);
    }
    return new BodyDecoder(steps, take);
  }

  /** @returns false where it can't keep up: `eased` is called when it has */
  push(bytes: Buffer, timeUs: number, eased: () => void): boolean {
    this.#waiting += bytes.length;
    this.#work = this.#work.then(async () => {
      await this.#through(0, bytes, timeUs);
      if (this.#fault === '') this.#taken += bytes.length;
      this.#waiting -= bytes.length;
      this.#lastUs = timeUs;
      if (this.#waiting <= MOST_WAITING / 2) this.#ease();
    });
    if (this.#waiting <= MOST_WAITING) return true;
    this.#eased = eased;
    return false;
  }

  /**
   * Resolves when everything has come out, with what is wrong with the data in words, `''` where nothing is.
   * @param isWhole the body came to its end: that its data does not is wrong then
   */
  async end(isWhole: boolean): Promise<string> {
    await this.#work;
    for (const [at, step] of this.#steps.entries()) {
      if (this.#fault !== '') break;
      const { out, fault } = await step.end();
      for (const bytes of out) await this.#through(at + 1, bytes, this.#lastUs);
      if (fault && isWhole) this.#broke(fault);
    }
    return this.#fault;
  }

  async #through(at: number, bytes: Buffer, timeUs: number): Promise<void> {
    if (this.#fault !== '') return;
    const step = this.#steps[at];
    if (!step) return this.#give(bytes, timeUs);
    const { out, fault, sound = 0 } = await step.push(bytes);
    for (const one of out) await this.#through(at + 1, one, timeUs);
    if (!fault) return;
    if (at === 0 && this.#fault === '') this.#taken += sound;
    this.#broke(fault);
  }

  #give(bytes: Buffer, timeUs: number): void {
    if (bytes.length === 0) return;
    this.#decoded += bytes.length;
    if (this.#decoded > MOST_DECODED) this.#fault = 'more than 1 GiB came out of it';
    else this.#take(bytes, timeUs);
  }

  #broke(fault: Error): void {
    this.#fault ||= `${fault.message}, after ${bytesText(this.#decoded)} of the content and ${bytesText(this.#taken)} of the wire`;
  }

  #ease(): void {
    const eased = this.#eased;
    this.#eased = null;
    eased?.();
  }
}
