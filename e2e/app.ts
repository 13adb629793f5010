import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  _electron,
  test as base,
  type ElectronApplication,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { type Display, openDisplay } from '../scripts/display.mjs';
import { electronPath, launchArguments, launchEnvironment } from '../scripts/electron.mjs';

export { expect };

export const root = fileURLToPath(new URL('..', import.meta.url));
export const recordings = join(root, 'src-core/testing/recordings');
export const personFile = join(root, 'examples/person.sse');

/** The window as a person finds their way in it: by roles and names. */
export class DebuggerPage {
  readonly page: Page;
  readonly electron: ElectronApplication;
  readonly dataFolder: string;
  readonly display: Display;

  constructor(page: Page, electron: ElectronApplication, dataFolder: string, display: Display) {
    this.page = page;
    this.electron = electron;
    this.dataFolder = dataFolder;
    this.display = display;
  }

  get events(): Locator {
    return this.page.getByRole('grid', { name: 'Events' });
  }
  get rows(): Locator {
    return this.events.getByRole('row');
  }
  row(seq: number): Locator {
    return this.events.locator(`[data-seq="${seq}"]`);
  }
  get output(): Locator {
    return this.page.getByRole('region', { name: 'Output' });
  }
  get snapshot(): Locator {
    return this.page.getByRole('region', { name: 'Snapshot' });
  }
  get eventPane(): Locator {
    return this.page.getByRole('region', { name: 'Event', exact: true });
  }
  get playhead(): Locator {
    return this.page.getByRole('slider', { name: 'Playhead' });
  }
  get status(): Locator {
    return this.page.getByRole('status', { name: 'Stream status' });
  }
  get captures(): Locator {
    return this.page.getByRole('list', { name: 'Captures' });
  }
  get problems(): Locator {
    return this.page.getByRole('list', { name: 'Problems' });
  }
  get filter(): Locator {
    return this.page.getByRole('searchbox', { name: 'Filter events' });
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
  tab(name: string): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }
  view(name: string): Locator {
    return this.page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name, exact: true });
  }

  /** A Monaco editor, by the name of its text box. */
  editor(name: string): Locator {
    const textBox = this.page.getByRole('textbox', { name, exact: true });
    return this.page.locator('.monaco-editor').filter({ has: textBox });
  }
  /** The lines that a Monaco editor shows: of a long text it draws no others. */
  editorLines(name: string): Locator {
    return this.editor(name).locator('.view-lines');
  }

  /** Pastes a text over what an editor holds. What is typed would be indented and closed by it. */
  async pasteInEditor(name: string, text: string): Promise<void> {
    await this.editorLines(name).click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      const event = { clipboardData: data, bubbles: true, cancelable: true };
      document.activeElement!.dispatchEvent(new ClipboardEvent('paste', event));
    }, text);
  }

  async openCapture(name: string): Promise<void> {
    await this.captures.getByText(name, { exact: true }).click();
    await expect(this.captures.locator('[aria-current="true"]')).toContainText(name);
  }

  /** Moves the playhead and waits until it is there. */
  async seekTo(seq: number): Promise<void> {
    await this.playhead.fill(String(seq));
    await expect(this.playhead).toHaveAttribute('aria-valuenow', String(seq));
  }

  async expectEvents(count: number): Promise<void> {
    await expect(this.events).toHaveAttribute('aria-rowcount', String(count));
  }

  /** Adds an endpoint through the settings and chooses it. */
  async useEndpoint(
    name: string,
    baseUrl: string,
    api: 'responses' | 'chat' | 'messages' = 'responses',
  ): Promise<void> {
    await this.page.evaluate(
      async (input) => {
        const reply = await window.deltascope.endpoints.save({
          ...input,
          headers: [],
          keyHeader: 'authorization',
        });
        if (!reply.ok) throw new Error(reply.message);
        await window.deltascope.settings.set({ endpoint: reply.value.id });
      },
      { name, baseUrl, api },
    );
    await this.page.reload();
    await expect(
      this.page.getByRole('combobox', { name: 'Endpoint' }).locator('option:checked'),
    ).toHaveText(name);
  }

  async send(): Promise<void> {
    await this.button('Send').click();
  }
}

export interface LaunchOptions {
  files?: string[];
  dataFolder?: string;
  env?: Record<string, string>;
}

interface Fixtures {
  /** Starts the app; it is closed and its folder removed when the test is over. */
  launch(options?: LaunchOptions): Promise<DebuggerPage>;
  /** The app as it is on a first start. */
  app: DebuggerPage;
}

export async function executable(): Promise<string> {
  return process.env.DELTASCOPE_ELECTRON ?? (await electronPath());
}

/** The arguments of a start with a data folder of its own. */
export function startArguments(
  display: Display,
  dataFolder: string,
  files: string[] = [],
): string[] {
  const own = [`--user-data-dir=${dataFolder}`, root, ...files];
  return [...launchArguments(), ...display.arguments, ...own];
}

export function environment(
  display: Display,
  env: Record<string, string> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...launchEnvironment(), ...display.env, ...env }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

export const test = base.extend<Fixtures, { display: Display }>({
  // One display for each worker where there is none: windows that share one take each other's focus.
  display: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const display = await openDisplay();
      await use(display);
      await display.close();
    },
    { scope: 'worker' },
  ],
  launch: async ({ display }, use, info) => {
    const started: { electron: ElectronApplication; logs: string[] }[] = [];
    const folders: string[] = [];
    await use(async ({ files = [], dataFolder, env = {} } = {}) => {
      const folder = dataFolder ?? (await mkdtemp(join(tmpdir(), 'deltascope-e2e-')));
      if (!dataFolder) folders.push(folder);
      const electron = await _electron.launch({
        executablePath: await executable(),
        args: startArguments(display, folder, files),
        chromiumSandbox: launchArguments().length === 0,
        cwd: root,
        env: environment(display, env),
      });
      const logs: string[] = [];
      started.push({ electron, logs });
      electron.process().stderr?.on('data', (data: Buffer) => logs.push(`main: ${data}`));
      const page = await electron.firstWindow();
      page.on('console', (message) => logs.push(`page: ${message.type()} ${message.text()}`));
      page.on('pageerror', (error) => logs.push(`page error: ${error.message}`));
      await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
      return new DebuggerPage(page, electron, folder, display);
    });
    const failed = info.status !== info.expectedStatus;
    for (const { electron, logs } of started) {
      if (failed) {
        for (const page of electron.windows())
          await info.attach('window', { body: await page.screenshot(), contentType: 'image/png' });
        await info.attach('logs', { body: logs.join('\n') });
      }
      await electron.close();
      // An error that a page only logs is an error all the same.
      expect(logs.filter((line) => line.startsWith('page error'))).toEqual([]);
    }
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  app: async ({ launch }, use) => {
    const app = await launch();
    await app.expectEvents(23);
    await use(app);
  },
});

export const personBytes = (): Promise<Buffer> => readFile(personFile);
