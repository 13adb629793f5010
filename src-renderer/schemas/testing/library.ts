import { vi } from 'vitest';
import { parseJson } from '../../../src-core/json.ts';
import { revisionOf, type SchemaAbout, type SchemaSummary } from '../../../src-core/schema.ts';
import type { CommandInput, OpenedSchema, Reply } from '../../../src-ipc/contract.ts';

interface Stored {
  about: SchemaAbout;
  text: string;
  /** The newest text before it that was JSON. */
  good: string | null;
  texts: string[];
}

/** Main's library in memory, behind `window.deltascope`, which fails and waits as a test says. */
export class Library {
  readonly drafts = new Map<string, string>();
  readonly stored = new Map<string, Stored>();
  readonly calls: string[] = [];
  /** What the next commands of that name are refused with. */
  readonly refusals = new Map<string, { code: string; message: string }>();
  /** What a command waits for after it was carried out, by name. */
  readonly waits = new Map<string, Promise<void>>();
  #next = 1;

  constructor() {
    vi.stubGlobal('window', {
      deltascope: {
        schemas: new Proxy(
          {},
          { get: (_target, verb: string) => (input: unknown) => this.#answer(verb, input) },
        ),
      },
    });
  }

  add(name: string, text: string): string {
    return this.#create({
      name,
      text,
      description: '',
      strict: true,
      kind: 'format',
      source: { kind: 'blank', detail: '' },
      note: 'new',
    }).id;
  }
  get list(): SchemaSummary[] {
    return [...this.stored.values()].map(summaryOf);
  }
  text(id: string): string {
    return this.stored.get(id)!.text;
  }
  /** How often a command was called. */
  count(verb: string): number {
    return this.calls.filter((one) => one === verb).length;
  }

  async #answer(verb: string, input: unknown): Promise<Reply<unknown>> {
    this.calls.push(verb);
    const refusal = this.refusals.get(verb);
    if (refusal) return { ok: false, ...refusal, detail: '' };
    const commands = this.#commands();
    const command = commands[verb as keyof typeof commands] as (input: unknown) => unknown;
    const id = (input as { id?: string } | undefined)?.id;
    if (id !== undefined && verb !== 'restore' && verb !== 'keepDraft' && !this.stored.has(id))
      return { ok: false, code: 'no-such-schema', message: 'It is gone.', detail: '' };
    try {
      const value = command(input);
      await this.waits.get(verb);
      return { ok: true, value };
    } catch (error) {
      return { ok: false, code: (error as Error).message, message: 'Refused.', detail: '' };
    }
  }

  #commands() {
    const of = (id: string) => this.stored.get(id)!;
    return {
      list: () => this.list,
      open: ({ id }: { id: string }): OpenedSchema => {
        const { about, text: stored, texts } = of(id);
        const good = goodOf(of(id));
        const text = this.drafts.get(id) ?? stored;
        return { about, text, good, saved: texts.at(-1) ?? null, revision: revisionOf(text, good) };
      },
      create: (input: CommandInput<'schemas.create'>) => this.#create(input),
      save: ({ id, text, revision }: CommandInput<'schemas.save'>) => {
        const good = goodOf(of(id));
        if (revision !== null && revision !== revisionOf(of(id).text, good))
          throw new Error('changed-outside');
        this.stored.set(id, { ...of(id), text, good });
        this.drafts.delete(id);
        return { revision: revisionOf(text, goodOf(of(id))) };
      },
      keepDraft: ({ id, text }: CommandInput<'schemas.keepDraft'>) =>
        void this.drafts.set(id, text),
      describe: ({ id, patch }: CommandInput<'schemas.describe'>) =>
        (of(id).about = { ...of(id).about, ...patch } as SchemaAbout),
      saveVersion: ({ id, note, revision }: CommandInput<'schemas.saveVersion'>) => {
        const one = of(id);
        if (parseJson(one.text) === undefined) throw new Error('not-json');
        if (revision !== null && revision !== revisionOf(one.text, one.text))
          throw new Error('changed-outside');
        const { name, description, strict, kind, versions } = one.about;
        const number = versions.length + 1;
        const version = { number, at: '', name, description, strict, kind, note };
        one.about = { ...one.about, versions: [...versions, version] };
        one.texts.push(one.text);
        return { number, about: one.about, isNew: true };
      },
      versionText: ({ id, number }: { id: string; number: number }) => of(id).texts[number - 1]!,
      duplicate: ({ id }: { id: string }) => {
        const { about, text } = of(id);
        return this.#create({ ...about, name: `${about.name}_copy`, text, note: '' });
      },
      delete: ({ id }: { id: string }) => {
        this.#trash.set(id, of(id));
        this.stored.delete(id);
      },
      restore: ({ id }: { id: string }) => {
        this.stored.set(id, this.#trash.get(id)!);
        return summaryOf(this.stored.get(id)!);
      },
    };
  }
  readonly #trash = new Map<string, Stored>();

  #create(input: CommandInput<'schemas.create'>): SchemaSummary {
    const { name, description, strict, kind, source, text, note } = input;
    const id = `s${this.#next++}`;
    const at = '2026-01-01T00:00:00.000Z';
    const facts = { name, description, strict, kind };
    const isJson = parseJson(text) !== undefined;
    const versions = isJson ? [{ number: 1, at, ...facts, note }] : [];
    const about: SchemaAbout = {
      id,
      ...facts,
      target: null,
      source,
      createdAt: at,
      changedAt: at,
      problems: null,
      versions,
    };
    const stored = { about, text, good: null, texts: isJson ? [text] : [] };
    this.stored.set(id, stored);
    return summaryOf(stored);
  }
}

function goodOf({ text, good }: Stored): string | null {
  return parseJson(text) === undefined ? good : text;
}

function summaryOf({ about, text, texts }: Stored): SchemaSummary {
  const { target: _, versions, ...rest } = about;
  const isDraft = parseJson(text) === undefined;
  return { ...rest, version: versions.length, isChanged: texts.at(-1) !== text, isDraft };
}
