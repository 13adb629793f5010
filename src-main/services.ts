import { CaptureStore } from './captures/store.ts';
import { EndpointStore } from './endpoints.ts';
import { requestOfCommand } from './imports/command-request.ts';
import { importPath } from './imports/import-path.ts';
import { ImportService } from './imports/import-service.ts';
import type { ImportTools } from './imports/source.ts';
import { KeyStore, type SecretBox } from './keys.ts';
import { CollectorStore } from './otlp/collector-store.ts';
import type { ImportReport } from '../src-ipc/contract.ts';
import type { SendEvent } from './page-events.ts';
import { messageOf, Refusal } from './refusal.ts';
import { modelsOf } from './replay-server/answer.ts';
import { RecordingProxy } from './recording-proxy/recording-proxy.ts';
import { CaptureServer } from './replay-server/capture-server.ts';
import { type Example, loadExamples } from './replay-server/examples.ts';
import { Plans } from './replay-server/plans.ts';
import { shelfOf } from './replay-server/shelves.ts';
import { ReplayServer } from './replay-server/server.ts';
import { trustedCertificates } from './requests/certificates.ts';
import { keyHeaderOf } from './requests/request-head.ts';
import { RequestService } from './requests/service.ts';
import { RunService } from './schemas/run-service.ts';
import { SchemaStore } from './schemas/schema-store.ts';
import type { TaskRunner } from './schemas/task-runner.ts';
import { SettingsStore, WorkspaceStore } from './settings.ts';
import { ServerService } from './servers/server-service.ts';
import { StateStore } from './state.ts';

export interface ServicesOptions {
  /** Where captures, settings and keys are kept. */
  dataFolder: string;
  /** The folder of the shipped examples. */
  examplesFolder: string;
  secretBox: SecretBox;
  env: NodeJS.ProcessEnv;
  /** Runs what is done with schemas; it ends with the services. */
  tasks: TaskRunner;
  /** Tells every page. */
  broadcast: SendEvent;
}

/** Everything that main does without a window. It knows no Electron. */
export class Services {
  readonly dataFolder: string;
  readonly captures: CaptureStore;
  readonly schemas: SchemaStore;
  readonly endpoints: EndpointStore;
  readonly keys: KeyStore;
  readonly requests: RequestService;
  readonly replayServer: ReplayServer;
  readonly servers: ServerService;
  readonly settings: SettingsStore;
  readonly workspace: WorkspaceStore;
  readonly state: StateStore;
  readonly tasks: TaskRunner;
  readonly runs: RunService;
  readonly imports: ImportService;
  /** Where spans are sent. */
  readonly collector: CollectorStore;
  /** Certificates trusted besides the usual ones; null for just those. */
  readonly ca: string[] | null;
  readonly #importTools: ImportTools;
  readonly #broadcast: SendEvent;
  readonly #examples: Example[];

  constructor(options: ServicesOptions) {
    const { dataFolder, broadcast } = options;
    const warn = (message: string) => this.notice('warning', message);
    this.dataFolder = dataFolder;
    this.tasks = options.tasks;
    this.#broadcast = broadcast;
    this.captures = new CaptureStore(dataFolder, {
      changed: (select) =>
        broadcast('captures.changed', { captures: this.captures.known(), select }),
      notice: (severity, message) => this.notice(severity, message),
    });
    this.schemas = new SchemaStore(dataFolder, {
      changed: () => broadcast('schemas.changed', { schemas: this.schemas.known() }),
      notice: (severity, message) => this.notice(severity, message),
    });
    this.settings = new SettingsStore(dataFolder, warn);
    this.workspace = new WorkspaceStore(dataFolder, warn);
    this.state = new StateStore(dataFolder, warn);
    this.keys = new KeyStore(dataFolder, options.secretBox, warn);
    this.#examples = loadExamples(options.examplesFolder, warn);
    const plans = new Plans();
    const schemas = { tasks: this.tasks, plans };
    this.replayServer = new ReplayServer(this.#examples, schemas, (state) =>
      broadcast('replayServer.changed', state),
    );
    this.endpoints = new EndpointStore({
      folder: dataFolder,
      keys: this.keys,
      builtInUrl: () => this.replayServer.url,
      builtInModels: (api) => modelsOf(this.#examples.filter((one) => one.api === api)),
      notice: warn,
    });
    this.collector = new CollectorStore(dataFolder, this.keys, warn);
    this.ca = trustedCertificates(options.env, warn);
    const { ca } = this;
    this.servers = new ServerService({
      folder: dataFolder,
      make: (config, changed) =>
        config.kind === 'proxy'
          ? new RecordingProxy(
              config,
              { store: this.captures, ca, headersOf: (id, to) => this.#headersOf(id, to) },
              changed,
            )
          : new CaptureServer(
              config,
              {
                shelfOf: (serves) => shelfOf(serves, this.captures),
                misses: { store: this.captures, ca },
              },
              changed,
            ),
      changed: (servers) => broadcast('servers.changed', { servers }),
      notice: warn,
    });
    this.requests = new RequestService({
      store: this.captures,
      endpoint: (id) => this.endpoints.get(id),
      headers: (id) => this.endpoints.headersToSend(id),
      key: (id) => this.keys.get(id),
      ca,
    });
    this.#importTools = {
      store: this.captures,
      readYaml: (text) => this.tasks.run('yaml', { text }),
    };
    this.imports = new ImportService({
      tools: this.#importTools,
      request: (command) => requestOfCommand(command, this),
      progress: (progress) => broadcast('captures.importProgress', progress),
    });
    this.runs = new RunService({
      store: this.captures,
      requests: this.requests,
      plans,
      tasks: this.tasks,
      endpoint: (id) => this.endpoints.get(id),
      changed: (batch) => broadcast('runs.changed', batch),
      notice: warn,
    });
  }

  notice(severity: 'error' | 'warning' | 'note', message: string): void {
    this.#broadcast('app.notice', { severity, message });
  }

  /** Brings everything up; what fails is a notice, the rest still starts. */
  async start(): Promise<void> {
    this.captures.start();
    this.schemas.start();
    const [server] = await Promise.all([this.replayServer.start(), this.#importExamples()]);
    if (server.error) this.notice('error', server.error);
    void this.runs.judgeLeft();
  }

  /** Ends what runs, so that nothing is left half written. */
  async stop(): Promise<void> {
    this.requests.stopAll();
    this.imports.cancelAll();
    await Promise.all([this.replayServer.stop(), this.servers.stopAll(), this.tasks.stop()]);
  }

  /**
   * Imports files that the command line or the system gave, and tells every page what came of it.
   * @param paths absolute
   */
  async openFiles(paths: readonly string[]): Promise<ImportReport> {
    const report = this.announced(await this.imports.paths(paths));
    this.#broadcast('captures.imported', report);
    return report;
  }

  /** The list of captures is another: what came of an import is shown. */
  announced(report: ImportReport): ImportReport {
    if (report.select !== null) this.captures.announce(report.select);
    return report;
  }

  /**
   * What is sent to an endpoint beside what a client sends: its key, and its own headers. They belong to the
   * server that they were entered for. @throws Refusal `no-such-endpoint`, `other-server`
   */
  #headersOf(id: string, upstream: URL): [name: string, value: string][] {
    const { keyHeader, name, baseUrl } = this.endpoints.get(id);
    if (baseUrl === '' || new URL(baseUrl).origin !== upstream.origin) {
      const message = `The key of ${name} is for ${baseUrl || 'the built-in server'}, not for ${upstream.origin}: set the upstream or the endpoint.`;
      throw new Refusal('other-server', message);
    }
    const key = this.keys.get(id);
    const own = this.endpoints.headersToSend(id);
    return key === null ? own : [...own, keyHeaderOf(keyHeader, key)];
  }

  /** On the first start the examples become captures; a person may delete them for good. */
  async #importExamples(): Promise<void> {
    if (this.state.get().examplesImported) return;
    const now = Date.now();
    const ids: string[] = [];
    for (const [index, example] of this.#examples.entries()) {
      try {
        const { captures } = await importPath(this.#importTools, example.path, {
          name: example.file,
          origin: { kind: 'example' },
          // The list shows the newest first, and the index the most telling.
          createdAt: new Date(now - index).toISOString(),
        });
        ids.push(...captures.map(({ id }) => id));
      } catch (error) {
        this.notice('warning', messageOf(error));
      }
    }
    this.state.set({ examplesImported: true });
    if (ids[0] !== undefined) this.captures.announce(ids[0]);
  }
}
