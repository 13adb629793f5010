import type { Api } from '../../src-core/apis.ts';
import type { RunVerdict } from '../../src-core/capture.ts';
import { runsCsv } from '../../src-core/run-table/csv.ts';
import { needsConsent, type RunCost, runCost } from '../../src-core/run-table/run-cost.ts';
import {
  filteredRows,
  type RunColumn,
  type RunRow,
  runRows,
  sortedRows,
} from '../../src-core/run-table/rows.ts';
import { isObject, parseJson } from '../../src-core/json.ts';
import { schemaRequest } from '../../src-core/schema-request/schema-request.ts';
import type { RunBatch, RunForm, RunStart } from '../../src-ipc/run-contract.ts';
import { api } from '../api.ts';
import type { OpenSchema } from '../schemas/open-schema.svelte.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { OtherSchema } from '../state/schema-checks.svelte.ts';
import { FROM_SCHEMA, NEW_FORM, withForm } from './run-forms.ts';
import { RunOutput } from './shown-run.svelte.ts';

type RunsApp = Pick<
  AppState,
  'settings' | 'notices' | 'workbench' | 'endpoints' | 'captures' | 'try' | 'delete' | 'openAt'
>;

/** Trying the schema that is worked on: what is sent, how far that is, and what came of it. */
export class Runs {
  readonly #app: RunsApp;
  readonly output: RunOutput;
  /** The newest batch of each schema. */
  #batches = $state.raw<ReadonlyMap<string, RunBatch>>(new Map());
  /** Why the last attempt to start failed, by schema. */
  #refused = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** The row that was chosen; null to look at the newest. */
  #selected = $state<string | null>(null);
  /** What waits for the person to agree. */
  consent = $state.raw<{ schema: OpenSchema; cost: RunCost } | null>(null);
  showsOptions = $state(false);
  /** The menu of captures to check. */
  checkMenu = $state<{ x: number; y: number } | null>(null);

  column = $state<RunColumn>('number');
  isDescending = $state(true);
  verdict = $state<RunVerdict | ''>('');
  words = $state('');

  constructor(app: RunsApp, batches: readonly RunBatch[]) {
    this.#app = app;
    this.output = new RunOutput((error) => app.notices.error(error));
    this.#batches = new Map(batches.map((one) => [one.schema, one]));
  }

  /** What main says of a batch. */
  take(batch: RunBatch): void {
    this.#batches = new Map(this.#batches).set(batch.schema, batch);
  }

  get #schema(): OpenSchema | null {
    return this.#app.workbench.current;
  }
  /** The newest batch of the schema that is worked on; null where none was since the start. */
  get batch(): RunBatch | null {
    return this.#schema ? (this.#batches.get(this.#schema.id) ?? null) : null;
  }
  get isRunning(): boolean {
    return this.batch?.running ?? false;
  }
  /** Why nothing was sent, or not all. */
  get message(): string | null {
    const id = this.#schema?.id ?? '';
    return this.#refused.get(id) ?? this.batch?.message ?? null;
  }

  /** What the run bar holds of the schema that is worked on. */
  get form(): RunForm {
    return this.#formOf(this.#schema);
  }
  #formOf(schema: OpenSchema | null): RunForm {
    const { runForms } = this.#app.settings.values;
    return { ...NEW_FORM, ...(schema && runForms[schema.id]) };
  }
  change(patch: Partial<RunForm>): void {
    if (!this.#schema) return;
    const { runForms } = this.#app.settings.values;
    const next = withForm(runForms, this.#schema.id, { ...this.form, ...patch });
    this.#app.settings.set({ runForms: next });
  }
  get endpoint() {
    return this.#endpointOf(this.form);
  }
  #endpointOf(form: RunForm) {
    const { endpoints } = this.#app;
    return endpoints.find(({ id }) => id === form.endpoint) ?? endpoints[0];
  }
  get api(): Api {
    return this.endpoint?.api ?? 'responses';
  }
  get isBuiltIn(): boolean {
    return this.endpoint?.builtIn ?? true;
  }

  /** All rows of the schema that is worked on, the newest first. */
  readonly rows: readonly RunRow[] = $derived.by(() => {
    const schema = this.#schema;
    return schema ? runRows(this.#app.captures, schema.id) : [];
  });
  /** Those that the table shows, in its order. */
  readonly shownRows: readonly RunRow[] = $derived(
    sortedRows(filteredRows(this.rows, this.verdict, this.words), this.column, this.isDescending),
  );
  /** The row that the live output shows: the one that was chosen, else the newest. */
  readonly current: RunRow | null = $derived(
    this.rows.find(({ key }) => key === this.#selected) ?? this.rows[0] ?? null,
  );
  select(key: string | null): void {
    this.#selected = key;
  }

  /** What would be sent now. */
  body(schema: OpenSchema): string {
    const form = this.#formOf(schema);
    const { prompt, instructions, model, maxOutputTokens } = form;
    const endpoint = this.#endpointOf(form);
    const isBuiltIn = endpoint?.builtIn ?? true;
    return schemaRequest({
      api: endpoint?.api ?? 'responses',
      schema: schema.text,
      name: schema.name,
      description: schema.description,
      strict: schema.strict,
      kind: schema.kind,
      model: isBuiltIn ? FROM_SCHEMA : model,
      prompt,
      instructions,
      maxOutputTokens,
    });
  }
  cost(schema: OpenSchema): RunCost {
    const { count, maxOutputTokens } = this.#formOf(schema);
    return runCost(this.body(schema), count, maxOutputTokens);
  }

  /** Sends what the run bar holds, after the person agreed where that is needed. */
  async start(): Promise<void> {
    const schema = this.#schema;
    if (!schema || this.isRunning) return;
    if (schema.fault) return this.#app.workbench.sayFault(schema, 'A run needs JSON');
    const cost = this.cost(schema);
    if (!this.isBuiltIn && needsConsent(cost, this.#app.settings.values.runLimit)) {
      this.consent = { schema, cost };
      return;
    }
    await this.#send(schema);
  }
  /** The person agrees to what `consent` says. */
  async agree(): Promise<void> {
    const asked = this.consent;
    this.consent = null;
    if (asked) await this.#send(asked.schema);
  }

  async #send(schema: OpenSchema): Promise<void> {
    const { workbench } = this.#app;
    const form = this.#formOf(schema);
    const endpoint = this.#endpointOf(form);
    if (!endpoint) return;
    this.#refuse(schema, null);
    try {
      if (schema.name === '') throw new Error('The schema has no name: the request needs one.');
      // What is sent is what the person saw, whatever is typed or chosen until it is a version.
      const body = this.body(schema);
      const plan = endpoint.builtIn ? planOf(form) : null;
      const version = await schema.versionOfText(this.#noteFor('run'));
      const batch = await api.runs.start({
        schema: schema.id,
        version,
        endpoint: endpoint.id,
        body,
        count: form.count,
        concurrency: form.concurrency,
        plan,
      });
      // An event may have told of a later state already.
      if (this.#batches.get(schema.id)?.id !== batch.id) this.take(batch);
      this.#selected = null;
      this.showsOptions = false;
      workbench.showPane('side', 'live');
      workbench.showPane('lower', 'runs');
    } catch (error) {
      this.#refuse(schema, error instanceof Error ? error.message : String(error));
      workbench.showPane('side', 'live');
    }
  }
  #refuse(schema: OpenSchema, message: string | null): void {
    const refused = new Map(this.#refused);
    if (message === null) refused.delete(schema.id);
    else refused.set(schema.id, message);
    this.#refused = refused;
  }
  /** What the history says of a version that is made to be tried. */
  #noteFor(kind: 'run' | 'check'): string {
    return `before ${kind} ${Math.max(0, ...this.rows.map(({ run }) => run.number)) + 1}`;
  }
  async stop(): Promise<void> {
    const { batch } = this;
    if (batch?.running) await this.#app.try(() => api.runs.stop({ id: batch.id }));
  }

  /** Judges a capture by the schema as it is now, without a request. */
  async check(capture: string): Promise<void> {
    const schema = this.#schema;
    if (!schema) return;
    await this.#app.try(async () => {
      const { text, kind, name, id } = schema;
      const version = await schema.versionOfText(this.#noteFor('check'));
      const row = await api.runs.check({ capture, schema: id, version, text, kind, name });
      this.#selected = `${capture}/${row.number}`;
      this.#app.workbench.showPane('lower', 'runs');
      this.#app.workbench.showPane('side', 'live');
    });
  }

  /** Shows a row's capture in Captures: at its first violation, or at another event. */
  open(row: RunRow, seq = row.run.facts?.seq ?? null): void {
    this.#app.openAt(row.capture, seq);
  }

  /** A run goes to the trash with its capture; of a check only the row goes. */
  async delete(row: RunRow): Promise<void> {
    if (row.run.kind === 'run') return this.#app.delete(row.capture);
    const { schema, number } = row.run;
    await this.#app.try(() => api.runs.removeCheck({ capture: row.capture, schema, number }));
  }

  /** Saves the rows that show, in their order, as a CSV file. */
  async exportCsv(): Promise<void> {
    const name = (this.#schema?.name || 'schema').replace(/[^\w-]+/g, '_');
    const text = runsCsv(this.shownRows);
    const saved = await this.#app.try(() => api.files.save({ name: `${name}-runs.csv`, text }));
    if (saved) this.#app.notices.add('note', `Saved ${saved.path}.`);
  }

  /** The schema that a row was judged by, null for that of its own request. */
  async judgeOf(row: RunRow): Promise<OtherSchema | null> {
    const schema = this.#schema;
    if (row.run.kind === 'run' || !schema) return null;
    const { version } = row.run;
    const facts = schema.versions.find(({ number }) => number === version) ?? schema;
    const value = parseJson(await schema.versionText(version));
    const { name, kind } = facts;
    const source = { name: name || 'schema', schema: isObject(value) ? value : {} };
    return { source, about: { kind, name } };
  }
}

function planOf({ outcome, seed, instance, capture }: RunForm): RunStart['plan'] {
  if (outcome === 'instance') return { instance };
  if (outcome !== 'capture') return { outcome, seed };
  if (capture === null) throw new Error('Choose the capture that the built-in endpoint answers.');
  return { capture };
}
