import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, personBytes, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

const person = `{
  "type": "object",
  "properties": {
    "name": { "type": "string" },
    "age": { "type": "integer" },
    "occupation": { "type": "string" }
  },
  "required": ["name", "age", "occupation"],
  "additionalProperties": false
}
`;

const table = (app: DebuggerPage) => app.page.getByRole('grid', { name: 'Runs' });
const rows = (app: DebuggerPage) => table(app).locator('[data-key]');
const output = (app: DebuggerPage) => app.page.getByRole('region', { name: 'Output of the run' });
const errors = (app: DebuggerPage) => app.page.getByRole('list', { name: 'Errors of the output' });
const options = (app: DebuggerPage) => app.page.getByRole('dialog', { name: 'Run options' });
const run = (app: DebuggerPage) => app.page.getByRole('button', { name: /^Run(?! on)/ });

/** The Schemas view with the schema of a person, and a built-in endpoint that does not wait. */
async function withPerson(app: DebuggerPage, text = person): Promise<void> {
  await app.page.evaluate(async (schema) => {
    const { schemas, replayServer } = window.deltascope;
    await replayServer.setSpeed({ speed: 'instant' });
    const source = { kind: 'blank' as const, detail: '' };
    const facts = { name: 'person', description: '', strict: true, kind: 'format' as const };
    const reply = await schemas.create({ ...facts, text: schema, source, note: '' });
    if (!reply.ok) throw new Error(reply.message);
  }, text);
  await app.view('Schemas').click();
  await expect(app.editorLines('Schema')).toContainText('occupation');
}

/** Changes options of the run; the panel is closed again. */
async function choose(app: DebuggerPage, change: (panel: Locator) => Promise<unknown>) {
  await app.page.getByRole('button', { name: /^Run on/ }).click();
  await change(options(app));
  await app.page.keyboard.press('Escape');
  await expect(options(app)).toHaveCount(0);
}

async function setRuns(app: DebuggerPage, count: number): Promise<void> {
  const field = app.page.getByRole('textbox', { name: 'Runs', exact: true });
  await field.fill(String(count));
  await field.press('Tab');
}

/** Runs once and waits for the row of that number. */
async function runOnce(app: DebuggerPage, number: number): Promise<Locator> {
  await run(app).click();
  await expect(rows(app)).toHaveCount(number);
  return rows(app).first();
}

test('an offline run streams an instance that is valid', async ({ app }) => {
  await withPerson(app);
  await app.editorLines('Schema').click();
  await app.page.keyboard.press('ControlOrMeta+Enter');
  const row = rows(app).first();
  await expect(row).toContainText('valid');
  await expect(row.getByRole('gridcell').first()).toHaveText('1');
  await expect(row).toContainText('v1');
  await expect(row).toContainText('Built-in');
  await expect(app.status).toHaveText('completed');
  await expect(
    output(app).getByRole('button', { name: /^\/(name|age|occupation) is valid/ }),
  ).toHaveCount(3);
  await expect(app.page.getByRole('note', { name: 'Summary of the runs' })).toContainText(
    '1 of 1 valid',
  );

  await table(app).press('Enter');
  await expect(app.output).not.toBeEmpty();
  const made: unknown = JSON.parse(await app.output.innerText());
  expect(made).toEqual({
    name: expect.any(String),
    age: expect.any(Number),
    occupation: expect.any(String),
  });
  await expect(
    app.page.locator('footer .verdict').filter({ hasText: 'person: valid' }),
  ).toBeVisible();
});

test('a planned violation is named with its value and event, and leads there', async ({ app }) => {
  await withPerson(app);
  await choose(app, (panel) => panel.getByLabel('Answer').selectOption('violation'));
  const row = await runOnce(app, 1);
  await expect(row).toContainText('invalid');
  const planned = await app.page.evaluate(async () => {
    const list = await window.deltascope.captures.list();
    const id = list.ok ? list.value.find((one) => one.run)!.id : '';
    const meta = await window.deltascope.captures.meta({ id });
    const headers = meta.ok ? meta.value.response!.headers : [];
    return headers.find(([name]) => name === 'x-deltascope-planned')![1];
  });
  await expect(row).toContainText(planned);
  const verdict = await row.getByRole('gridcell').nth(2).innerText();
  const seq = /#(\d+)/.exec(verdict)![1]!;
  const fault = errors(app).getByRole('listitem');
  await expect(fault).toHaveCount(1);
  await expect(fault).toContainText(planned);
  await expect(fault).toContainText(`#${seq}`);
  await expect(fault).toContainText(`#/properties${planned}`);
  await expect(output(app).getByRole('button', { name: `event ${seq}` })).toContainText('✗');
  await fault.getByRole('button').click();
  await expect(app.playhead).toHaveAttribute('aria-valuenow', seq);
});

test('runs on the other APIs are judged like those on Responses', async ({ app }) => {
  await withPerson(app);
  const on = (endpoint: string, answer: string) =>
    choose(app, async (panel) => {
      await panel.getByLabel('Run endpoint').selectOption(endpoint);
      await panel.getByLabel('Answer').selectOption(answer);
    });
  await on('Built-in, from schema (Chat Completions)', 'violation');
  await expect(await runOnce(app, 1)).toContainText('invalid');
  await expect(errors(app).getByRole('listitem')).toHaveCount(1);
  await on('Built-in, from schema (Messages)', 'valid');
  const row = await runOnce(app, 2);
  await expect(row).toContainText('valid');
  await expect(row).toContainText('Built-in messages');
  await expect(
    output(app).getByRole('button', { name: /^\/(name|age|occupation) is valid/ }),
  ).toHaveCount(3);
});

test('a refusal is a refusal, a cut output is truncated, and a text of mine is judged', async ({
  app,
}) => {
  await withPerson(app);
  await choose(app, (panel) => panel.getByLabel('Answer').selectOption('refusal'));
  await expect(await runOnce(app, 1)).toContainText('refusal');
  await choose(app, async (panel) => {
    await panel.getByLabel('Answer').selectOption('valid');
    await panel.getByLabel('Max output tokens').fill('4');
  });
  const cut = await runOnce(app, 2);
  // Four tokens: {" name ":" and one of the name.
  await expect(cut).toContainText('truncated');
  await expect(cut).toContainText('/name');
  await expect(app.status).toHaveText('incomplete');
  await choose(app, async (panel) => {
    await panel.getByLabel('Max output tokens').fill('');
    await panel.getByLabel('Answer').selectOption('instance');
    await panel.getByLabel('Text to stream').fill('Here it is: {}');
  });
  await expect(await runOnce(app, 3)).toContainText('not JSON');
});

test('what stands beside the tabs of a narrow pane overlaps nothing', async ({ app }) => {
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.setContentSize(1280, 800),
  );
  await withPerson(app);
  await runOnce(app, 1);
  const splitter = app.page.getByRole('separator', { name: 'Width of the outline and the runs' });
  const pane = app.page.getByRole('tabpanel', { name: /^Runs/ });
  const width = async () => (await pane.boundingBox())!.width;
  for (let step = 0; step < 40 && (await width()) > 480; step++) await splitter.press('ArrowRight');
  expect(await width()).toBeLessThanOrEqual(480);
  expect(await width()).toBeGreaterThan(440);
  const tab = app.page.getByRole('tab', { name: 'Compare versions' });
  const row = [
    tab,
    app.page.getByRole('searchbox', { name: 'Filter runs' }),
    app.page.getByRole('combobox', { name: 'Verdict' }),
    app.button('Check…'),
  ];
  let end = 0;
  for (const one of row) {
    const box = (await one.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(end + 6);
    expect(box.width).toBeGreaterThan(50);
    end = box.x + box.width;
  }
  expect(end).toBeLessThanOrEqual(1280);

  await tab.click();
  // The line and what is around it fit the height that it has, so that nothing of the text is cut.
  const [height, wanted] = await app.page
    .getByRole('combobox', { name: 'Older version' })
    .evaluate((select) => {
      const heightOf = () => select.getBoundingClientRect().height;
      const given = heightOf();
      select.style.height = 'auto';
      return [given, heightOf()];
    });
  expect(wanted).toBeLessThanOrEqual(height!);
});

test('ten runs, three at once, are ten rows that can be sorted and filtered', async ({ app }) => {
  await withPerson(app);
  await setRuns(app, 10);
  await run(app).click();
  const totals = app.page.getByRole('note', { name: 'Summary of the runs' });
  await expect(totals).toContainText('10 of 10 valid');
  await expect(table(app)).toHaveAttribute('aria-rowcount', '11');
  const numbers = () => rows(app).getByRole('gridcell').filter({ hasText: /^\d+$/ });
  await expect(numbers().first()).toHaveText('10');
  const header = table(app).getByRole('columnheader', { name: '#' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await expect(numbers().first()).toHaveText('1');
  await app.page.getByRole('combobox', { name: 'Verdict' }).selectOption('invalid');
  await expect(rows(app)).toHaveCount(0);
  await app.page.getByRole('combobox', { name: 'Verdict' }).selectOption('');
  await table(app).press('Home');
  await table(app).press('Delete');
  await expect(table(app)).toHaveAttribute('aria-rowcount', '10');
});

test('a server that refuses the first request gets no other', async ({ app }) => {
  let asked = 0;
  const server = await streamServer(({ response }) => {
    asked++;
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end('{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}');
  });
  await app.useEndpoint('local', server.baseUrl);
  await withPerson(app);
  await setRuns(app, 5);
  await choose(app, async (panel) => {
    await panel.getByLabel('Run endpoint').selectOption({ label: 'local' });
    await panel.getByLabel('Run model').fill('gpt-test');
  });
  await run(app).click();
  // Several requests whose output nothing limits: the person is asked.
  const consent = app.page.getByRole('dialog', { name: 'Send 5 requests?' });
  await expect(consent).toContainText('nobody can tell');
  await consent.getByRole('button', { name: 'Cancel' }).click();
  expect(asked).toBe(0);
  await run(app).click();
  await consent.getByRole('button', { name: 'Send 5 requests' }).click();
  const side = app.page.getByRole('tabpanel', { name: 'Live output' });
  await expect(side).toContainText('4 of 5 requests were not sent: HTTP 401');
  await expect(side).toContainText('Incorrect API key');
  await expect(rows(app)).toHaveCount(1);
  await expect(rows(app)).toContainText('failed');
  await expect(rows(app)).toContainText('gpt-test');
  expect(asked).toBe(1);
  await server.close();
});

test('what streams is valid so far, and a stop ends it and the batch', async ({ app }) => {
  const frames = (await personBytes()).toString().split(/(?<=\n\n)/);
  let asked = 0;
  const name = gate();
  const server = await streamServer(async ({ response }) => {
    asked++;
    beginStream(response);
    // Up to event 9, which ends the name, and to 13, which ends the age; the rest never comes.
    await write(response, frames.slice(0, 10).join(''));
    await name.opened;
    await write(response, frames.slice(10, 14).join(''));
  });
  await app.useEndpoint('slow', server.baseUrl);
  await withPerson(app);
  await setRuns(app, 4);
  await choose(app, async (panel) => {
    await panel.getByLabel('Run endpoint').selectOption({ label: 'slow' });
    await panel.getByLabel('Max output tokens').fill('100');
    await panel.getByLabel('Requests at once').fill('1');
  });
  await run(app).click();
  const side = app.page.getByRole('tabpanel', { name: 'Live output' });
  await expect(side).toContainText('valid so far');
  await expect(app.status).toHaveText('streaming');
  await expect(output(app).getByRole('button', { name: '/name is valid, event 9' })).toBeVisible();
  await expect(output(app).getByRole('button', { name: /^\/age/ })).toHaveCount(0);
  name.open();
  await expect(output(app).getByRole('button', { name: '/age is valid, event 13' })).toBeVisible();
  await app.button('Stop').click();
  await expect(rows(app)).toContainText('failed');
  await expect(rows(app)).toContainText('Stopped by you');
  await expect(side).toContainText('3 of 4 requests were not sent: Stopped by you.');
  await expect(app.status).toHaveText('aborted');
  expect(asked).toBe(1);
  await server.close();
});

test('a capture is checked again by the schema as it is now', async ({ app }) => {
  await withPerson(app);
  const check = async () => {
    await app.button('Check…').click();
    await app.page.getByRole('menuitem', { name: 'person.sse' }).click();
  };
  await check();
  await expect(rows(app)).toHaveCount(1);
  await expect(rows(app)).toContainText('valid');
  const side = app.page.getByRole('tabpanel', { name: 'Live output' });
  await expect(side).not.toContainText('not the text as it is now');
  await app.pasteInEditor('Schema', person.replace('"integer"', '"string"'));
  await expect(side).toContainText('v1, not the text as it is now');
  await check();
  await expect(side).not.toContainText('not the text as it is now');
  await expect(rows(app)).toHaveCount(2);
  const row = rows(app).first();
  await expect(row).toContainText('v2');
  await expect(row).toContainText('invalid');
  // Event 12 of the recording brings `30`, event 13 with `,"` the end of the number.
  await expect(row).toContainText('/age');
  await expect(row).toContainText('#13');
  await expect(errors(app).getByRole('listitem')).toContainText('must be string, is number');
  await expect(output(app).getByRole('button', { name: '/name is valid, event 9' })).toBeVisible();
  await table(app).press('Enter');
  await expect(app.playhead).toHaveAttribute('aria-valuenow', '13');
  await expect(app.captures.locator('[aria-current="true"]')).toContainText('person.sse');
});

test('a capture with two calls is checked by the chosen schema, not by theirs', async ({ app }) => {
  await withPerson(app);
  await app.button('Check…').click();
  await app.page.getByRole('menuitem', { name: 'function-calls.sse' }).click();
  await expect(rows(app)).toContainText('invalid');
  // Two calls of {a, b}: three members of a person are missing in each, and two are not allowed.
  await expect(output(app)).toHaveCount(2);
  await expect(errors(app).getByRole('listitem')).toHaveCount(10);
  const side = app.page.getByRole('tabpanel', { name: 'Live output' });
  await expect(side).toContainText('10 errors');
  await expect(output(app).getByRole('button', { name: /is valid/ })).toHaveCount(0);
  // They stand one below the other.
  const [first, second] = await Promise.all([0, 1].map((at) => output(app).nth(at).boundingBox()));
  expect(second!.y - first!.y).toBeLessThan(150);
});

test('the table begins at its top when its schema shows again', async ({ app }) => {
  await withPerson(app);
  await setRuns(app, 40);
  await run(app).click();
  await expect(app.page.getByRole('note', { name: 'Summary of the runs' })).toContainText(
    '40 of 40 valid',
  );
  const newest = table(app).getByRole('row').filter({ hasText: /^40\b/ });
  await expect(newest).toBeInViewport();
  await table(app).evaluate((element) => (element.scrollTop = 500));
  await expect(newest).toHaveCount(0);
  await app.page.evaluate(async () => {
    const facts = { name: 'other', description: '', strict: true, kind: 'format' as const };
    const source = { kind: 'blank' as const, detail: '' };
    await window.deltascope.schemas.create({ ...facts, text: '{}', source, note: '' });
  });
  const list = app.page.getByRole('list', { name: 'Schemas', exact: true });
  await list.getByText('other', { exact: true }).click();
  await expect(table(app)).toHaveCount(0);
  await list.getByText('person', { exact: true }).click();
  await expect(newest).toBeInViewport();
});

test('the table is there after a restart, and goes into a CSV file', async ({ launch }) => {
  const app = await launch();
  await app.expectEvents(23);
  await withPerson(app);
  await choose(app, (panel) => panel.getByLabel('Answer').selectOption('violation'));
  const row = await runOnce(app, 1);
  await expect(row).toContainText('invalid');
  const before = await row.innerText();
  await app.electron.close();

  const again = await launch({ dataFolder: app.dataFolder });
  await expect(rows(again)).toHaveCount(1);
  expect(await rows(again).innerText()).toBe(before);
  const path = join(app.dataFolder, 'runs.csv');
  await again.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  await again.button('Export CSV').click();
  await expect(again.page.getByText(`Saved ${path}.`)).toBeVisible();
  const [header, line, ...rest] = (await readFile(path, 'utf8')).split('\r\n');
  expect(header).toMatch(/^number,kind,at,schema_version,verdict,pointer,event,/);
  expect(line).toMatch(/^1,run,[^,]+,1,invalid,\/(name|age|occupation),\d+,/);
  expect(line).toContain(',Built-in replay,from-schema,violation,');
  expect(rest).toEqual(['']);
});
