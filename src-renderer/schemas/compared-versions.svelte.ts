import type { SchemaChange } from '../../src-core/schema-diff/change.ts';
import type { Differences } from './differences.ts';
import type { OpenSchema } from './open-schema.svelte.ts';

/** A version by its number, or the working text. */
export type VersionChoice = number | 'now';

export interface Compared {
  older: VersionChoice;
  newer: VersionChoice;
  before: string;
  after: string;
  /** Null where they could not be compared; `fault` says why. */
  changes: SchemaChange[] | null;
  breaking: number;
  fault: string;
}

/** How long typing rests before the working text is compared again, in ms. */
const REST_MS = 300;

type Versions = Pick<OpenSchema, 'id' | 'text' | 'versions' | 'isChanged' | 'versionText'>;

/** Two versions of a schema and what differs between them, kept up with what is typed. */
export class ComparedVersions {
  readonly #schema: () => Versions;
  readonly #compareTexts: (before: string, after: string) => Promise<Differences>;
  readonly #onError: (error: unknown) => void;
  /** What a person chose, of the schema that it was chosen for. */
  #chosen = $state.raw<{ id: string; older: VersionChoice; newer: VersionChoice } | null>(null);
  #compared = $state.raw<(Compared & { id: string }) | null>(null);
  readonly #texts = new Map<string, string>();

  constructor(
    schema: () => Versions,
    compare: (before: string, after: string) => Promise<Differences>,
    onError: (error: unknown) => void,
  ) {
    this.#schema = schema;
    this.#compareTexts = compare;
    this.#onError = onError;
  }

  /** Without a choice: what was saved last and what is there now, or the last two versions. */
  get #choice(): { older: VersionChoice; newer: VersionChoice } {
    const { id, versions, isChanged } = this.#schema();
    const known = (choice: VersionChoice) =>
      choice === 'now' || versions.some(({ number }) => number === choice);
    const chosen = this.#chosen;
    if (chosen?.id === id && known(chosen.older) && known(chosen.newer)) return chosen;
    const [newest, before] = versions.slice(-2).reverse();
    if (isChanged || !before) return { older: newest?.number ?? 'now', newer: 'now' };
    return { older: before.number, newer: newest!.number };
  }
  get older(): VersionChoice {
    return this.#choice.older;
  }
  get newer(): VersionChoice {
    return this.#choice.newer;
  }
  /** The newest comparison; null before the first of the schema that is open. */
  get compared(): Compared | null {
    return this.#compared?.id === this.#schema().id ? this.#compared : null;
  }

  /** @param value as a `<select>` has it */
  choose(which: 'older' | 'newer', value: string): void {
    const choice = value === 'now' ? value : Number(value);
    const { older, newer } = this.#choice;
    this.#chosen = { id: this.#schema().id, older, newer, [which]: choice };
  }
  swap(): void {
    const { older, newer } = this.#choice;
    this.#chosen = { id: this.#schema().id, older: newer, newer: older };
  }

  /** For an effect: compares when what is chosen or typed is another. Returns what ends the wait. */
  follow(): () => void {
    const schema = this.#schema();
    const { older, newer } = this.#choice;
    const isTyped = older === 'now' || newer === 'now';
    const now = isTyped ? schema.text : '';
    const last = this.#compared;
    const isTyping = last?.id === schema.id && last.older === older && last.newer === newer;
    let isStale = false;
    const run = async () => {
      const before = await this.#text(schema, older, now);
      const after = await this.#text(schema, newer, now);
      if (isTyping && last.before === before && last.after === after) return;
      const { changes, fault } = await this.#differences(before, after);
      if (isStale) return;
      const breaking = changes?.filter(({ verdict }) => verdict === 'breaking').length ?? 0;
      this.#compared = { id: schema.id, older, newer, before, after, changes, breaking, fault };
    };
    const timer = setTimeout(
      () => void run().catch((error: unknown) => !isStale && this.#onError(error)),
      isTyping ? REST_MS : 0,
    );
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }

  async #differences(before: string, after: string): Promise<Pick<Compared, 'changes' | 'fault'>> {
    try {
      const { changes, broken } = await this.#compareTexts(before, after);
      return { changes, fault: broken ? `The ${broken} text is not JSON.` : '' };
    } catch (error) {
      return { changes: null, fault: error instanceof Error ? error.message : String(error) };
    }
  }

  async #text(schema: Versions, choice: VersionChoice, now: string): Promise<string> {
    if (choice === 'now') return now;
    // A version never changes.
    const key = `${schema.id} ${choice}`;
    const text = this.#texts.get(key) ?? (await schema.versionText(choice));
    this.#texts.set(key, text);
    return text;
  }
}
