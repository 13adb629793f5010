import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, root, test } from './app.ts';

declare global {
  interface Window {
    axe: { run(options: RunOptions): Promise<AxeResults> };
  }
}

/** Evaluated in the page: a script element would not get past its policy. */
async function installAxe(app: DebuggerPage): Promise<void> {
  const source = await readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
  await app.page.evaluate(source);
}

/** What is serious or critical of all that axe finds, a line a place. */
async function violations(app: DebuggerPage): Promise<string[]> {
  const found = await app.page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
    );
}

async function expectNone(app: DebuggerPage, where: string): Promise<void> {
  expect.soft(await violations(app), where).toEqual([]);
}

/** Goes through the tabs of a list, whatever tabs there are. */
async function eachTab(list: Locator, look: (name: string) => Promise<void>): Promise<void> {
  const tabs = list.getByRole('tab');
  const count = await tabs.count();
  expect(count).toBeGreaterThan(1);
  for (let at = 0; at < count; at++) {
    const tab = tabs.nth(at);
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    await look((await tab.getAttribute('aria-label')) ?? (await tab.textContent()) ?? '');
  }
}

for (const theme of ['light', 'dark'] as const)
  test.describe(`axe finds nothing serious, ${theme}:`, () => {
    test.beforeEach(async ({ app }) => {
      await app.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await installAxe(app);
      // Something of everything: a bookmark with a note, a mark, the playhead in the middle.
      await app.seekTo(3);
      await app.events.focus();
      await app.page.keyboard.press('b');
      await app.page.keyboard.press('m');
      await app.seekTo(8);
    });

    test('the panes of a capture', async ({ app }) => {
      await eachTab(app.page.getByRole('tablist', { name: 'Detail' }), async (name) => {
        const views = app.page
          .getByRole('radiogroup', { name: 'View of the output' })
          .getByRole('radio');
        for (let at = 0; at < Math.max(1, await views.count()); at++) {
          if ((await views.count()) > 0) await views.nth(at).click();
          await expectNone(app, `${name} tab, view ${at}`);
        }
      });
    });

    test('the drawer', async ({ app }) => {
      await eachTab(app.page.getByRole('tablist', { name: 'Drawer' }), (name) =>
        expectNone(app, `${name} in the drawer`),
      );
      // One with problems in it.
      await app.openCapture('rate-limit.sse');
      await app.tab('Problems').click();
      await expectNone(app, 'a failed stream with problems');
      await app.page
        .getByRole('button', { name: /^Explain / })
        .first()
        .click();
      await expectNone(app, 'the explanation of a rule');
      await app.page.keyboard.press('Escape');
      // One whose times were recorded.
      await app.send();
      await expect(app.status).toHaveText('completed');
      await app.tab('Latency').click();
      await expectNone(app, 'the latency of a request');
    });

    test('the other views', async ({ app }) => {
      const views = app.page.getByRole('navigation', { name: 'Views' }).getByRole('button');
      const count = await views.count();
      expect(count).toBeGreaterThan(3);
      for (let at = 0; at < count; at++) {
        const view = views.nth(at);
        await view.click();
        await expect(view).toHaveAttribute('aria-current', 'page');
        await expect(app.page.locator('main')).not.toBeEmpty();
        await expectNone(app, `view ${(await view.getAttribute('aria-label')) ?? at}`);
      }
      const { page } = app;
      await app.view('Captures').click();
      await app.captures.getByText('person.sse', { exact: true }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Serve this capture' }).click();
      const region = page.getByRole('region', { name: 'person.sse' });
      await fetch(`${await region.getByText(/^http:/).innerText()}/v1/models`);
      const request = page.getByRole('region', { name: 'Requests' }).getByRole('button');
      await request.press('ArrowRight');
      await page.getByRole('radio', { name: 'Fields' }).click();
      await page.getByRole('combobox', { name: 'Pace' }).selectOption('rate');
      await expectNone(app, 'a replay server with a miss');
      await page.getByRole('button', { name: 'Add…' }).click();
      await expectNone(app, 'captures to choose');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'New server' }).click();
      await expectNone(app, 'the menu of new servers');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Recording proxy', exact: true }).click();
      await page.getByRole('textbox', { name: 'Upstream' }).fill('nowhere');
      await expectNone(app, 'a proxy with a fault in its setup');
    });

    test('the faults of a replay server', async ({ app }) => {
      const { page } = app;
      await app.captures.getByText('person.sse', { exact: true }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Serve this capture' }).click();
      await page.getByRole('button', { name: 'Add faults…' }).click();
      await page.getByRole('button', { name: 'Events lost and out of order' }).click();
      const editor = page.getByRole('region', { name: 'Fault editor' });
      await editor.getByRole('button', { name: /^Step 3:/ }).click();
      await expectNone(app, 'the editor of faults');
      await editor.getByRole('button', { name: 'Add', exact: true }).click();
      await expectNone(app, 'the kinds of faults');
    });

    test('the tabs of a comparison', async ({ app }) => {
      await app.view('Compare').click();
      for (const [name, capture] of [
        ['Capture A', 'person.sse'],
        ['Capture B', 'incomplete.sse'],
      ] as const) {
        const choice = app.page.getByRole('combobox', { name });
        const option = choice.locator('option', { hasText: capture }).first();
        await choice.selectOption((await option.getAttribute('value'))!);
      }
      await expect(app.page.getByRole('grid', { name: 'Aligned events' })).toBeVisible();
      await eachTab(app.page.getByRole('tablist', { name: 'Comparison' }), (name) =>
        expectNone(app, `${name} of a comparison`),
      );
    });

    test('the panes of a schema', async ({ app }) => {
      await app.view('Schemas').click();
      await app.page.getByRole('button', { name: 'New blank schema' }).click();
      const main = app.page.getByRole('tablist', { name: 'Schema', exact: true });
      await expect(main.getByRole('tab', { name: 'Schema' })).toBeVisible();
      // Something wrong, with its card, and two versions with a difference.
      await app.pasteInEditor('Schema', '{ "type": "object", "properties": { "a": {} } }');
      await app.editorLines('Schema').click();
      await expect(app.editor('Schema').getByText('Fix all')).toBeVisible();
      await app.page.keyboard.press('ControlOrMeta+s');
      await app.page.keyboard.press('End');
      await app.page.keyboard.type(' ');
      await expectNone(app, 'a schema with problems');
      await eachTab(main, (name) => expectNone(app, `${name} of a schema`));
      await app.tab('History').click();
      await expect(app.editor('Text of the text now')).toBeVisible();
      await expectNone(app, 'a difference of versions');
      await app.page.getByRole('list', { name: 'Schemas' }).getByRole('button').first().focus();
      await app.page.keyboard.press('Shift+F10');
      await expect(app.page.getByRole('menu')).toBeVisible();
      await expectNone(app, 'the menu of a schema');
    });

    test('the runs of a schema', async ({ app }) => {
      await app.view('Schemas').click();
      await app.page.getByRole('button', { name: 'New blank schema' }).click();
      const property = '"a": { "type": "integer", "minimum": 3 }';
      const rest = '"required": ["a"], "additionalProperties": false';
      await app.pasteInEditor(
        'Schema',
        `{ "type": "object", "properties": { ${property} }, ${rest} }`,
      );
      await app.button('Run on Built-in, from schema').click();
      const options = app.page.getByRole('dialog', { name: 'Run options' });
      await options.getByLabel('Answer').selectOption('violation');
      await expectNone(app, 'the options of a run');
      await app.page.keyboard.press('Escape');
      await app.page.keyboard.press('ControlOrMeta+Enter');
      const table = app.page.getByRole('grid', { name: 'Runs' });
      await expect(table).toContainText('invalid');
      await expect(app.page.getByRole('list', { name: 'Errors of the output' })).toBeVisible();
      await expectNone(app, 'a run with a violation');
      await table.press('Shift+F10');
      await expect(app.page.getByRole('menu')).toBeVisible();
      await expectNone(app, 'the menu of a run');
    });

    test('the dialog of a new schema', async ({ app }) => {
      await app.page.keyboard.press('ControlOrMeta+3');
      await app.page.keyboard.press('ControlOrMeta+n');
      const dialog = app.page.getByRole('dialog', { name: 'New schema' });
      await eachTab(dialog.getByRole('tablist'), (name) => expectNone(app, `new schema: ${name}`));
      await dialog.getByRole('tab', { name: 'From example JSON' }).click();
      await dialog.getByRole('textbox', { name: 'Example JSON' }).fill('{"a": [], "b": }');
      await expect(dialog.getByRole('alert')).toBeVisible();
      await expectNone(app, 'examples with a fault');
      await dialog.getByRole('textbox', { name: 'Name of the new schema' }).fill('a b');
      await dialog.getByRole('textbox', { name: 'Example JSON' }).fill('{"a": []}');
      await expect(dialog.getByRole('button', { name: 'Use a_b' })).toBeVisible();
      await expectNone(app, 'a name that is not allowed, and remarks');
    });

    test('dialogs and menus', async ({ app }) => {
      const { keyboard } = app.page;
      const dialog = (name: string | RegExp) => app.page.getByRole('dialog', { name });
      await keyboard.press('ControlOrMeta+e');
      await dialog('Export').getByRole('option', { name: 'Event stream' }).click();
      await expect(dialog('Export').getByRole('region', { name: 'Preview' })).toContainText(
        'data:',
      );
      await dialog('Export').getByRole('button', { name: 'Add a pattern' }).click();
      await keyboard.type('Alice');
      await expect(dialog('Export').getByRole('region', { name: 'Struck out' })).toBeVisible();
      await expectNone(app, 'an export');
      await dialog('Export').getByRole('option', { name: 'OpenTelemetry span' }).click();
      await expect(dialog('Export').getByRole('button', { name: 'Send' })).toBeEnabled();
      await expectNone(app, 'a span for a collector');
      await keyboard.press('Escape');
      await app.events.focus();
      await keyboard.press('ControlOrMeta+k');
      await expect(dialog('Command palette')).toBeVisible();
      await expectNone(app, 'the palette');
      await keyboard.type('/');
      await expectNone(app, 'the palette with JSON pointers');
      await keyboard.press('Escape');
      await keyboard.press('?');
      await expect(dialog('Keys')).toBeVisible();
      await expectNone(app, 'the keys');
      await keyboard.press('Escape');
      await keyboard.press('ControlOrMeta+Shift+v');
      await expect(dialog(/Paste/)).toBeVisible();
      await expectNone(app, 'pasting a stream');
      await keyboard.press('Escape');
      await app.events.focus();
      await keyboard.press('Shift+B');
      await expect(dialog(/^Bookmark of event/)).toBeVisible();
      await expectNone(app, 'the note of a bookmark');
      await keyboard.press('Escape');
      await app.events.focus();
      await keyboard.press('Shift+F10');
      await expect(app.page.getByRole('menu')).toBeVisible();
      await expectNone(app, 'the menu of an event');
      await keyboard.press('Escape');
      await app.page.getByRole('button', { name: /^Times:/ }).click();
      await expectNone(app, 'the menu of times');
      await keyboard.press('Escape');
      for (const [command, name] of [
        ['Saved filters', 'the saved filters'],
        ['Colour rules', 'the colour rules'],
        ['Timeline as a table', 'the timeline as a table'],
      ] as const) {
        await keyboard.press('ControlOrMeta+k');
        await keyboard.type(command);
        await keyboard.press('Enter');
        await expect(dialog('Command palette')).toBeHidden();
        await expectNone(app, name);
        await keyboard.press('Escape');
      }
      await app.filter.fill('type:');
      await expectNone(app, 'a filter being completed');
      await app.filter.fill('seq:x..');
      await expectNone(app, 'a wrong filter');
      await app.filter.fill('type:*.delta no such word');
      await expect(app.page.getByText('No event matches')).toBeVisible();
      await expectNone(app, 'a filter that nothing matches');
    });
  });
