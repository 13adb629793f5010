import { randomBytes } from 'node:crypto';
import type { CaptureRun, RunPlan } from '../../src-core/capture.ts';
import { withValue } from '../../src-core/json-edit.ts';
import { isObject, parseJson, stringOf } from '../../src-core/json.ts';
import { scanJsonText } from '../../src-core/json-text.ts';
import { SchemaSources } from '../../src-core/schema-check/source.ts';
import type { Endpoint } from '../../src-ipc/contract.ts';
import type { RunBatch, RunCheck, RunStart } from '../../src-ipc/run-contract.ts';
import type { CaptureStore } from '../captures/store.ts';
import { MOST_CHECKS } from '../captures/stored-runs.ts';
import { messageOf, Refusal } from '../refusal.ts';
import type { Plan, Plans } from '../replay-server/plans.ts';
import type { RequestService } from '../requests/service.ts';
import { Batch, type SentRequest } from './batch.ts';
import { readBody } from './read-body.ts';
import { runFacts, type RunSchema } from './run-facts.ts';
import type { TaskRunner } from './task-runner.ts';

export interface RunServiceOptions {
  store: CaptureStore;
  requests: RequestService;
  plans: Plans;
  tasks: TaskRunner;
  endpoint(id: string): Endpoint;
  changed(batch: RunBatch): void;
  notice(message: string): void;
}

/** Tries schemas: sends requests in batches, and judges what came, or any capture. */
export class RunService {
  readonly #options: RunServiceOptions;
  readonly #batches = new Map<string, Batch>();
  /** The highest number that was given to a row of a schema, while the app runs. */
  readonly #numbers = new Map<string, number>();

  constructor(options: RunServiceOptions) {
    this.#options = options;
  }

  /**
   * Sends a request so many times, a few at once; each is a capture. A batch ends with the first request
   * that gets no event stream: what is wrong with one is wrong with all. Nothing is sent a second time.
   * @throws Refusal as `RequestService.send`, and `no-such-capture` for a plan
   */
  start(input: RunStart): RunBatch {
    const endpoint = this.#options.endpoint(input.endpoint);
    const plan = endpoint.builtIn ? this.#plan(input) : null;
    const batch = new Batch({
      id: `batch_${randomBytes(6).toString('hex')}`,
      schema: input.schema,
      count: input.count,
      concurrency: input.concurrency,
      send: (at) => this.#send(input, endpoint, plan, at),
      stop: (id) => this.#options.requests.stop(id),
      ended: (id) => this.#ended(id),
      changed: (state) => {
        if (!state.running) this.#batches.delete(state.id);
        this.#options.changed(state);
      },
    });
    this.#batches.set(batch.state.id, batch);
    try {
      batch.start();
    } catch (error) {
      this.#batches.delete(batch.state.id);
      throw error;
    }
    return batch.state;
  }

  /** Sends no more, and stops those that are on their way. */
  stop(id: string): void {
    this.#batches.get(id)?.stop('Stopped by you.');
  }

  /** The batches that run, for a page that starts. */
  get running(): RunBatch[] {
    return [...this.#batches.values()].map(({ state }) => state);
  }

  /** Judges a capture by a schema, without a request, and adds the row to it. @throws Refusal */
  async check({ capture, schema, version, text, kind, name }: RunCheck): Promise<CaptureRun> {
    const { store, tasks } = this.#options;
    if (store.recording(capture))
      throw new Refusal('recording', 'This capture is being recorded: check it when it has ended.');
    if (parseJson(text) === undefined)
      throw new Refusal('schema-no-json', 'The schema is no JSON: it can judge nothing.');
    const meta = store.meta(capture);
    const facts = await runFacts(store.paths(capture), meta, { text, kind, name }, tasks);
    const row: CaptureRun = {
      kind: 'check',
      schema,
      version,
      number: this.#nextNumber(schema),
      at: new Date().toISOString(),
      endpoint: meta.origin.kind === 'request' ? meta.origin.endpoint : meta.name,
      model: store.summary(capture).model,
      planned: null,
      facts,
    };
    store.setChecks(capture, [...(store.meta(capture).checks ?? []), row].slice(-MOST_CHECKS));
    return row;
  }

  /** Takes the row of a check away; the capture stays. */
  removeCheck(capture: string, schema: string, number: number): void {
    const { store } = this.#options;
    const checks = store.meta(capture).checks ?? [];
    store.setChecks(
      capture,
      checks.filter((one) => one.schema !== schema || one.number !== number),
    );
  }

  /** Judges runs that an earlier start of the app left without a verdict. */
  async judgeLeft(): Promise<void> {
    const { store } = this.#options;
    const left = store.known().filter(({ id, run }) => run?.facts === null && !store.recording(id));
    for (const { id } of left) await this.#judge(id);
  }

  #send(input: RunStart, endpoint: Endpoint, plan: string | null, at: number): SentRequest {
    const seed = input.plan && 'seed' in input.plan ? input.plan.seed + at : null;
    const text = endpoint.builtIn ? withMetadata(input, plan, seed) : input.body;
    const body = parseJson(text);
    const run: CaptureRun = {
      kind: 'run',
      schema: input.schema,
      version: input.version,
      number: this.#nextNumber(input.schema),
      at: new Date().toISOString(),
      endpoint: endpoint.name,
      model: isObject(body) ? stringOf(body.model) : '',
      planned: endpoint.builtIn ? plannedBy(input) : null,
      facts: null,
    };
    const { requests, store } = this.#options;
    const { id, done } = requests.run(input.endpoint, text, run);
    const begun = new Promise<void>((resolve) => {
      const recording = store.recording(id);
      const look = () => {
        const status = recording?.meta.response?.status ?? 0;
        if (status >= 200 && status < 300) resolve();
      };
      recording?.listen(look);
    });
    return { id, begun, done };
  }

  /** Judges what ended. @returns why nothing more should be sent, null where all is well */
  async #ended(id: string): Promise<string | null> {
    const { store } = this.#options;
    let end;
    try {
      ({ end } = store.meta(id));
    } catch {
      // The person has deleted it meanwhile.
      return null;
    }
    await this.#judge(id);
    return end?.kind === 'failed' ? end.message : null;
  }

  async #judge(id: string): Promise<void> {
    const { store, tasks } = this.#options;
    try {
      const meta = store.meta(id);
      const schema = meta.request && schemaOf(meta.request.body);
      if (!meta.run || !schema) return;
      const facts = await runFacts(store.paths(id), meta, schema, tasks);
      store.setRun(id, { ...meta.run, facts });
    } catch (error) {
      if (error instanceof Refusal && error.code === 'no-such-capture') return;
      this.#options.notice(`A run could not be judged: ${messageOf(error)}`);
    }
  }

  #nextNumber(schema: string): number {
    let highest = this.#numbers.get(schema) ?? 0;
    for (const { run, checks = [] } of this.#options.store.known())
      for (const one of run ? [run, ...checks] : checks)
        if (one.schema === schema) highest = Math.max(highest, one.number);
    this.#numbers.set(schema, highest + 1);
    return highest + 1;
  }

  /** Registers what the built-in endpoint is to answer where that is not made from the schema. */
  #plan({ plan }: RunStart): string | null {
    if (!plan || 'outcome' in plan) return null;
    return this.#options.plans.register(
      'instance' in plan ? { kind: 'instance', text: plan.instance } : this.#captured(plan.capture),
    );
  }

  #captured(id: string): Plan {
    const { store } = this.#options;
    const paths = store.paths(id);
    const { name, timed } = store.meta(id);
    return { kind: 'capture', name, read: () => readBody(paths, timed) };
  }
}

function plannedBy({ plan }: RunStart): RunPlan | null {
  if (!plan) return 'valid';
  if ('outcome' in plan) return plan.outcome;
  return 'instance' in plan ? 'instance' : 'capture';
}

/** The body with what the built-in endpoint reads in `metadata`; the rest of the text stays. */
function withMetadata(
  { body, plan }: RunStart,
  planned: string | null,
  seed: number | null,
): string {
  const pairs: [string, string | null][] = [
    ['seed', seed === null ? null : String(seed)],
    ['outcome', plan && 'outcome' in plan ? plan.outcome : null],
    ['plan', planned],
  ];
  let text = body;
  for (const [key, value] of pairs) {
    const { root } = scanJsonText(text);
    if (value !== null && root)
      text = withValue(text, root, ['metadata', key], JSON.stringify(value));
  }
  return text;
}

/** The schema that a request asks for. */
function schemaOf(body: string): RunSchema | null {
  const sources = new SchemaSources(body, undefined);
  if (sources.format)
    return {
      text: JSON.stringify(sources.format.schema),
      kind: 'format',
      name: sources.format.name,
    };
  const request = parseJson(body);
  const tools = isObject(request) && Array.isArray(request.tools) ? request.tools : [];
  for (const tool of tools) {
    // Chat Completions has the function one level deeper.
    const own = isObject(tool) && isObject(tool.function) ? tool.function : tool;
    const source = isObject(own) ? sources.parametersOf(stringOf(own.name)) : null;
    if (source) return { text: JSON.stringify(source.schema), kind: 'tool', name: source.name };
  }
  return null;
}
