import type { Locator } from '@playwright/test';
import { type DebuggerPage, expect, personBytes, test } from './app.ts';
import { beginStream, gate, streamServer, write } from './stream-server.ts';

// Of the 23 events of person.sse, 4 to 18 are deltas. Event 8 writes ` Johnson`, 12 `30`, 13 `,"`,
// 16 `Software`; 19 to 21 are of types that end with `.done`.
const shownRows = (app: DebuggerPage) =>
  app.rows.evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.seq)));

async function expectRows(app: DebuggerPage, ...seqs: number[]): Promise<void> {
  await app.expectEvents(seqs.length);
  expect(await shownRows(app)).toEqual(seqs);
}

const proposals = (app: DebuggerPage) => app.page.getByRole('listbox', { name: 'Proposals' });
const savedFilters = (app: DebuggerPage) => app.page.getByRole('dialog', { name: 'Saved filters' });
const colorRules = (app: DebuggerPage) => app.page.getByRole('dialog', { name: 'Colour rules' });

/** What a screen reader tells of an element beside its name. */
async function descriptionOf(element: Locator): Promise<string> {
  const ids = (await element.getAttribute('aria-describedby')) ?? '';
  return element
    .page()
    .locator(
      ids
        .split(' ')
        .map((id) => `#${id}`)
        .join(', '),
    )
    .innerText();
}

test('terms together leave the one event that meets them', async ({ app }) => {
  await app.filter.fill('type:*.delta text~"Soft"');
  await expectRows(app, 16);
  await expect(app.page.getByRole('note', { name: 'Events that match' })).toHaveText('1 of 23');
  await app.filter.fill('closes:/age or appears:/age');
  await expectRows(app, 12, 13);
});

test('a filter that can not be read keeps the rows and shows its place', async ({ app }) => {
  await app.filter.fill('type:*.delta text~"Soft"');
  await expectRows(app, 16);
  await app.filter.fill('text~"Soft" tpye:*.delta');
  const message = 'character 13: unknown term "tpye", did you mean type?';
  await expect(app.page.getByText(message)).toBeVisible();
  await expect(app.filter).toHaveAttribute('aria-invalid', 'true');
  expect(await descriptionOf(app.filter)).toBe(message);
  await expectRows(app, 16);
  // The mark lies under the characters that are meant.
  const mark = app.page.locator('.fault');
  await expect(mark).toHaveText('tpye');
  const [box, under] = [await app.filter.boundingBox(), await mark.boundingBox()];
  const width = under!.width / 4;
  expect(under!.x - box!.x).toBeCloseTo(12 * width, 0);
  await app.filter.press('Escape');
  await expect(app.filter).toHaveAttribute('aria-invalid', 'false');
  await app.expectEvents(23);
});

test('what is typed is completed from the capture, by keyboard', async ({ app }) => {
  await app.page.keyboard.press('/');
  await expect(proposals(app)).toHaveCount(0);
  await app.page.keyboard.type('clo');
  await expect(proposals(app).getByRole('option')).toHaveText([/^closes:/]);
  // Nothing is chosen until an arrow chooses.
  await expect(app.filter).not.toHaveAttribute('aria-activedescendant');
  await app.page.keyboard.press('ArrowDown');
  await expect(proposals(app).getByRole('option', { selected: true })).toHaveText(/^closes:/);
  await app.page.keyboard.press('Tab');
  await expect(app.filter).toHaveValue('closes:');
  await expect(proposals(app).getByRole('option')).toHaveText([
    /^\/name/,
    /^\/age/,
    /^\/occupation/,
    /^""/,
  ]);
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('ArrowDown');
  const chosen = proposals(app).getByRole('option', { selected: true });
  await expect(app.filter).toHaveAttribute(
    'aria-activedescendant',
    (await chosen.getAttribute('id'))!,
  );
  await app.page.keyboard.press('Enter');
  await expect(app.filter).toHaveValue('closes:/age');
  await expect(proposals(app)).toHaveCount(0);
  await expectRows(app, 13);
  // Esc sends proposals away first; without a choice Enter goes to the list.
  await app.page.keyboard.type(' or t');
  await expect(proposals(app)).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(proposals(app)).toHaveCount(0);
  await expect(app.filter).toHaveValue('closes:/age or t');
  await app.page.keyboard.press('Backspace');
  await app.page.keyboard.type('p');
  await expect(proposals(app)).toBeVisible();
  await app.page.keyboard.press('Enter');
  await expect(app.events).toBeFocused();
});

test('saved filters survive a restart, and are renamed and deleted by keyboard', async ({
  launch,
}) => {
  const first = await launch();
  await first.filter.fill('type:*.done');
  await expectRows(first, 19, 20, 21);
  await first.button('Saved filters').click();
  await savedFilters(first).getByRole('textbox').fill('Ends');
  await first.page.keyboard.press('Enter');
  const row = savedFilters(first).getByRole('button', { name: /^Ends/ });
  await expect(row).toBeFocused();
  await first.page.keyboard.press('Delete');
  await expect(row).toHaveCount(0);
  await first.button('Undo').click();
  await expect(savedFilters(first)).toHaveCount(0);
  await first.button('Saved filters').click();
  await expect(row).toBeFocused();
  await first.page.keyboard.press('F2');
  await first.page.keyboard.type('The ends');
  await first.page.keyboard.press('Enter');
  await expect(savedFilters(first).getByRole('button', { name: /^The ends/ })).toBeFocused();
  await first.electron.close();

  const second = await launch({ dataFolder: first.dataFolder });
  await second.expectEvents(23);
  await second.page.keyboard.press('ControlOrMeta+k');
  await second.page.keyboard.type('filter the ends');
  const commands = second.page.getByRole('listbox', { name: 'Commands' });
  await expect(commands.getByRole('option', { selected: true })).toContainText('Filter: The ends');
  await second.page.keyboard.press('Enter');
  await expect(second.filter).toHaveValue('type:*.done');
  await expectRows(second, 19, 20, 21);
});

test('the first colour rule that matches colours a row, and says so', async ({ app }) => {
  await app.page.keyboard.press('ControlOrMeta+k');
  await app.page.keyboard.type('colour rules');
  await app.page.keyboard.press('Enter');
  await colorRules(app).getByRole('button', { name: 'Add a rule' }).click();
  await app.page.keyboard.type('text~"Soft"');
  await colorRules(app).getByRole('button', { name: 'Add a rule' }).click();
  const second = colorRules(app).getByRole('textbox', { name: 'Filter of rule 2' });
  await expect(second).toBeFocused();
  await app.page.keyboard.type('type:');
  await app.page.keyboard.press('Escape');
  expect(await descriptionOf(second)).toContain('character 1: "type:" needs a value');
  await app.page.keyboard.type('*.delta');
  await colorRules(app).getByRole('combobox', { name: 'Colour of rule 2' }).selectOption('purple');
  await colorRules(app).getByRole('button', { name: 'Done' }).click();
  await expect(app.row(16)).toHaveAttribute('title', 'Coloured red by the rule text~"Soft"');
  await expect(app.row(17)).toHaveAttribute('title', 'Coloured purple by the rule type:*.delta');
  await expect(app.row(19)).not.toHaveAttribute('title');
  const backgroundOf = (seq: number) =>
    app.row(seq).evaluate((row) => getComputedStyle(row).backgroundColor);
  const colors = await Promise.all([16, 17, 18, 19].map(backgroundOf));
  expect(new Set(colors).size).toBe(3);
  expect(colors[1]).toBe(colors[2]);

  // Rules change places from the keyboard, and a removed one comes back.
  await app.page.keyboard.press('ControlOrMeta+k');
  await app.page.keyboard.type('colour rules');
  await app.page.keyboard.press('Enter');
  await colorRules(app).getByRole('textbox', { name: 'Filter of rule 2' }).focus();
  await app.page.keyboard.press('Alt+ArrowUp');
  const moved = colorRules(app).getByRole('textbox', { name: 'Filter of rule 1' });
  await expect(moved).toBeFocused();
  await expect(moved).toHaveValue('type:*.delta');
  await expect(app.row(16)).toHaveAttribute('title', /^Coloured purple/);
  await colorRules(app).getByRole('button', { name: 'Remove rule 1' }).click();
  await expect(app.row(17)).not.toHaveAttribute('title');
  await colorRules(app).getByRole('button', { name: 'Undo' }).click();
  await expect(app.row(17)).toHaveAttribute('title', /^Coloured purple/);
  // Proposals lie over the dialog: what is beside them is where it was.
  const last = colorRules(app).getByRole('textbox', { name: 'Filter of rule 2' });
  await last.fill('lane:');
  await expect(proposals(app)).toBeVisible();
  const distance = async () => {
    const [box, list] = [await last.boundingBox(), await proposals(app).boundingBox()];
    return list!.y - box!.y - box!.height;
  };
  expect(await distance()).toBeGreaterThanOrEqual(0);
  expect(await distance()).toBeLessThan(10);
  // The dialog stands lower in a taller window.
  await app.page.evaluate(() => {
    document.querySelector('dialog')!.style.marginTop = '40px';
    dispatchEvent(new Event('resize'));
  });
  expect(await distance()).toBeGreaterThanOrEqual(0);
  expect(await distance()).toBeLessThan(10);
  await colorRules(app).getByRole('button', { name: 'Done' }).click();
  await expect(colorRules(app)).toHaveCount(0);
});

test('a filter grows with a live stream', async ({ app }) => {
  const frames = (await personBytes()).toString().split(/(?<=\n\n)/);
  const half = gate();
  const server = await streamServer(async ({ response }) => {
    beginStream(response);
    // Event 4 begins the key that event 6 completes: until then it may become any key.
    await write(response, frames.slice(0, 6).join(''));
    await half.opened;
    for (const frame of frames.slice(6)) await write(response, frame);
    response.end();
  });
  await app.useEndpoint('held', server.baseUrl);
  await app.send();
  await app.expectEvents(6);
  await app.filter.fill('pointer:/name');
  await app.expectEvents(0);
  half.open();
  await expectRows(app, 4, 5, 6, 7, 8, 9);
  await expect(app.status).toHaveText('completed');
  await expectRows(app, 4, 5, 6, 7, 8, 9);
  await server.close();
});

test('the value of a cell becomes a filter, by mouse and by keyboard', async ({ app }) => {
  const item = (name: string) => app.page.getByRole('menuitem', { name, exact: true });
  await app.row(16).getByRole('gridcell').nth(5).click({ button: 'right' });
  await expect(item('Show only type:output_text.delta')).toHaveCount(0);
  await item('Show only text~"Software"').click();
  await expect(app.filter).toHaveValue('text~"Software"');
  await expectRows(app, 16);
  await app.row(16).getByRole('gridcell').nth(3).click({ button: 'right' });
  await item('Add type:output_text.delta to the filter').click();
  await expect(app.filter).toHaveValue('text~"Software" type:output_text.delta');
  await app.filter.fill('seq>=19');
  await app.events.focus();
  await app.seekTo(19);
  await app.events.press('ContextMenu');
  await expect(item('Show only lane:0/0')).toBeVisible();
  await item('Hide type:output_text.done').press('Enter');
  await expect(app.filter).toHaveValue('seq>=19 -type:output_text.done');
  await expectRows(app, 20, 21, 22);
});
