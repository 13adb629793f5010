import { FORMAT_TITLES, type ImportFormat, type LeftOut } from '../../src-core/imports/exchange.ts';

/** Entries that are named, of those that can't be read. */
const MOST_NAMED = 3;

const REASONS: Readonly<Record<Exclude<LeftOut['reason'], 'unreadable'>, string>> = {
  'no stream': 'no stream',
  'no body': 'saved without its content',
  'too large': 'larger than an entry may be, 64 MiB or 12 MiB of YAML',
};

/** Counts what of a file became no capture, and says so. */
export class LeftOutCount {
  /** "the HAR" */
  readonly title: string;
  readonly #kind: string;
  #entries = 0;
  #beyond = 0;
  readonly #counts = new Map<LeftOut['reason'], number>();
  readonly #unreadable: string[] = [];

  constructor(format: ImportFormat) {
    this.#kind = FORMAT_TITLES[format];
    this.title = `the ${this.#kind}`;
  }

  add({ reason, detail }: LeftOut, index: number, line: number): void {
    this.#entries++;
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    if (reason === 'unreadable' && this.#unreadable.length < MOST_NAMED)
      this.#unreadable.push(`entry ${index + 1}, line ${line}: ${detail}`);
  }

  /** An entry beyond the number of captures that a file may become. */
  addBeyond(): void {
    this.#beyond++;
  }

  /**
   * @param captures how many entries became captures
   * @param fault what is wrong with the file beyond its entries
   */
  remarks(name: string, captures: number, fault: string): string[] {
    const remarks: string[] = [];
    if (captures === 0)
      remarks.push(
        this.#entries === 0
          ? `${name} is a ${this.#kind} without entries.`
          : `${name} is a ${this.#kind} without a stream: ${counted(this.#entries, 'entry was', 'entries were')} looked at.`,
      );
    const left: string[] = [];
    for (const [reason, words] of Object.entries(REASONS)) {
      const count = this.#counts.get(reason as LeftOut['reason']) ?? 0;
      if (count > 0) left.push(`${words} (${count.toLocaleString('en-US')})`);
    }
    if (left.length > 0) remarks.push(`Left out of ${name}: ${left.join(', ')}.`);
    const unreadable = this.#counts.get('unreadable') ?? 0;
    if (unreadable > 0) {
      const more = unreadable > MOST_NAMED ? `; ${unreadable - MOST_NAMED} more` : '';
      remarks.push(`Can't be read in ${name}: ${this.#unreadable.join('; ')}${more}.`);
    }
    if (this.#beyond > 0)
      remarks.push(
        `${name} has ${counted(this.#beyond, 'more stream', 'more streams')}: the first ${captures} were imported.`,
      );
    if (fault !== '') remarks.push(`${name} is damaged: ${fault}. What came before was read.`);
    return remarks;
  }
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
