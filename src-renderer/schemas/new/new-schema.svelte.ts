import type { SchemaKind } from '../../../src-core/schema.ts';
import { nameFinding } from '../../../src-core/strict-schema/request-checks.ts';
import type { AppState } from '../../state/app.svelte.ts';
import { ApiWay } from './api-way.svelte.ts';
import type { Proposal, Given, UnmadeSchema, Way } from './proposal.ts';
import { Newest, SourceReader } from './source-reader.ts';
import type { Judgement } from './source-worker.ts';
import type { NewSchemaStart, WayId } from './way-list.ts';
import { BlankWay, CaptureWay, ExampleWay, FileWay, TemplateWay } from './ways.svelte.ts';

interface Judged extends Judgement {
  proposal: Proposal;
}

/** The dialog that makes a schema: the ways, what they would make, and what strict mode says of it. */
export class NewSchemaState {
  readonly #app: AppState;
  readonly #reader = new SourceReader();
  readonly blank = new BlankWay();
  readonly template = new TemplateWay();
  readonly example = new ExampleWay(this.#reader);
  readonly capture: CaptureWay;
  readonly file = new FileWay(this.#reader);
  readonly openapi = new ApiWay(this.#reader);
  readonly #judging: Newest<Proposal>;
  #way = $state<WayId>('template');
  #judged = $state.raw<Judged | null>(null);
  /** What was typed over what the proposal says. */
  #name = $state<string | null>(null);
  #fixes = $state<boolean | null>(null);
  isMaking = $state(false);
  #isMade = false;

  constructor(app: AppState, start: NewSchemaStart) {
    this.#app = app;
    const nameOf = (id: string) => app.captures.find((one) => one.id === id)?.name ?? 'a capture';
    this.capture = new CaptureWay(nameOf);
    const { unmade } = app.workbench;
    this.#way = start.way ?? unmade.way ?? 'template';
    if (this.#way === unmade.way) this.#name = unmade.name ?? null;
    this.#takeBack(unmade);
    const first = start.capture ?? app.session?.view.id ?? app.captures[0]?.id;
    if (first) void this.capture.choose(first);
    this.#judging = new Newest(async (proposal) => {
      const { text, name, strict, kind } = proposal;
      const target = strict ? app.settings.values.schemaTarget : 'json-schema';
      const use = kind === 'tool' ? 'function' : 'response_format';
      const judgement = await this.#reader.ask('judge', { text, options: { target, name, use } });
      this.#judged = { ...judgement, proposal };
    });
  }

  get way(): WayId {
    return this.#way;
  }
  set way(way: WayId) {
    this.#way = way;
    this.forget();
  }
  get current(): Way {
    return this[this.#way];
  }
  get proposal(): Proposal | null {
    return this.current.proposal;
  }
  /** What is typed into the dialog's foot was about another proposal. */
  forget(): void {
    this.#name = null;
    this.#fixes = null;
  }

  get name(): string {
    return this.#name ?? this.proposal?.name ?? '';
  }
  set name(name: string) {
    this.#name = name;
  }
  get kind(): SchemaKind {
    return this.proposal?.kind ?? 'format';
  }
  readonly nameFault = $derived.by(() =>
    this.proposal?.strict ? nameFinding(this.name, this.kind) : null,
  );

  /** To be called when the proposal is another one. */
  judge(): void {
    if (this.proposal) void this.#judging.ask(this.proposal);
  }
  /** What strict mode says of this very proposal; null before it is known. */
  get judged(): Judged | null {
    return this.#judged?.proposal === this.proposal ? this.#judged : null;
  }
  /** Whether quick fixes are applied: what an API describes is never strict, what was sent stays as it was. */
  get fixes(): boolean {
    return this.#fixes ?? this.#way === 'openapi';
  }
  set fixes(fixes: boolean) {
    this.#fixes = fixes;
  }
  /** The text as it would be made. */
  get text(): string {
    const { proposal, judged } = this;
    if (!proposal) return '';
    return this.fixes && judged && judged.fixCount > 0 ? judged.fixed : proposal.text;
  }

  /** A file or a text from anywhere: the way that it is for opens. */
  async take(given: Given): Promise<void> {
    this.forget();
    try {
      if (this.#way === 'example') return this.example.take(given);
      const { kind } = await this.file.take(given);
      if (kind === 'openapi' || this.#way === 'openapi') {
        this.way = 'openapi';
        await this.openapi.take(given);
      } else this.way = 'file';
    } catch (error) {
      this.#app.notices.error(error);
    }
  }
  /** Makes examples of what was given as a file. */
  inferFromFile(): void {
    const { given } = this.file;
    if (!given) return;
    this.way = 'example';
    this.example.take(given);
  }

  /** Makes the schema and opens it; the dialog stays where that fails. */
  async make(): Promise<void> {
    const { proposal, name, text } = this;
    if (!proposal || this.isMaking) return;
    this.isMaking = true;
    const { description, strict, kind, source } = proposal;
    try {
      await this.#app.workbench.create({ name, text, description, strict, kind, source });
      this.#isMade = true;
      this.#app.workbench.isAsking = false;
    } catch (error) {
      this.#app.notices.error(error);
    } finally {
      this.isMaking = false;
    }
  }

  #takeBack({ example, file, openapi }: UnmadeSchema): void {
    if (example) this.example.take(example);
    for (const [way, given] of [
      [this.file, file],
      [this.openapi, openapi],
    ] as const)
      if (given) way.take(given).catch((error: unknown) => this.#app.notices.error(error));
  }
  /** What is left to be made a schema of. */
  get #unmade(): UnmadeSchema {
    const unmade: UnmadeSchema = {};
    for (const way of ['example', 'file', 'openapi'] as const) {
      const { given } = this[way];
      if (!given || (this.#isMade && way === this.#way)) continue;
      unmade[way] = given;
      if (way === this.#way) Object.assign(unmade, { way, name: this.#name });
    }
    return unmade;
  }

  /** To be called when the dialog closes. What nothing was made of is there when it opens again. */
  dispose(): void {
    this.#app.workbench.unmade = this.#unmade;
    this.#reader.dispose();
  }
}
