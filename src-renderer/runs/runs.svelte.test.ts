import { expect, test } from 'vitest';
import { isObject, parseJson } from '../../src-core/json.ts';
import type { RunBatch, RunStart } from '../../src-ipc/run-contract.ts';
import { Library } from '../schemas/testing/library.ts';
import { Workbench, type WorkbenchApp } from '../schemas/workbench.svelte.ts';
import type { AppState } from '../state/app.svelte.ts';
import { NEW_FORM } from './run-forms.ts';
import { Runs } from './runs.svelte.ts';

const TEXT = '{ "type": "object" }';
const OTHER = '{ "type": "string" }';

/** Runs over a library in memory; what is sent is kept. */
function runsOn(library: Library) {
  const sent: RunStart[] = [];
  Object.assign(window.deltascope, {
    on: () => () => {},
    runs: {
      start: (input: RunStart) => {
        sent.push(input);
        return Promise.resolve({ ok: true, value: { id: 'b', schema: input.schema } as RunBatch });
      },
    },
  });
  const values = {
    ...{ schemaTarget: 'openai', lastSchema: null, schemaLine: 1, schemaPanes: {} },
    ...{ runForms: {} as Record<string, object>, runLimit: { requests: 10, tokens: 50_000 } },
  };
  const settings = { values, set: (patch: object) => Object.assign(values, patch) };
  const app = {
    settings,
    show: () => {},
    notices: { error: (error: Error) => expect.fail(error.message) },
  };
  const workbench = new Workbench(app as unknown as WorkbenchApp, library.list);
  const endpoints = [{ id: 'built-in', builtIn: true }];
  const runs = new Runs({ ...app, workbench, endpoints, captures: [] } as unknown as AppState, []);
  return { runs, workbench, sent, values };
}
const formatOf = (body: string): unknown => {
  const request = parseJson(body);
  const text = isObject(request) && isObject(request['text']) ? request['text']['format'] : null;
  return isObject(text) ? text['schema'] : null;
};

test('what is sent is the text and the run bar of that moment, whatever comes while it is made a version', async () => {
  const library = new Library();
  const [a, b] = [library.add('a', TEXT), library.add('b', TEXT)];
  const { runs, workbench, sent, values } = runsOn(library);
  values.runForms = {
    [a]: { ...NEW_FORM, prompt: 'of a', count: 2 },
    [b]: { ...NEW_FORM, prompt: 'of b', count: 3 },
  };
  await workbench.open(a);
  const schema = workbench.current!;
  schema.typed(OTHER);
  let go = () => {};
  library.waits.set('saveVersion', new Promise((resolve) => (go = resolve)));
  const starting = runs.start();
  schema.typed('{ "later": 1 }');
  await workbench.open(b);
  go();
  await starting;
  expect(sent).toMatchObject([{ schema: a, version: 2, count: 2 }]);
  expect(sent[0]!.body).toContain('of a');
  expect(formatOf(sent[0]!.body)).toEqual({ type: 'string' });
  expect(await schema.versionText(2)).toBe(OTHER);
});

test('nothing is sent while something else has changed the text', async () => {
  const library = new Library();
  const id = library.add('a', TEXT);
  const { runs, workbench, sent } = runsOn(library);
  await workbench.open(id);
  library.stored.get(id)!.text = OTHER;
  await workbench.current!.reread();
  await runs.start();
  expect([sent, library.stored.get(id)!.texts]).toEqual([[], [TEXT]]);
  expect(runs.message).toContain('changed outside');
});
