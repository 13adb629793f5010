import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { IndexedStream } from '../../src-core/testing/indexed-stream.ts';
import { responsesRecordings } from '../../src-core/testing/recordings.ts';
import { givesUp, withoutParsed } from '../../src-core/testing/reviewed/responses.ts';
import { laboratory, WAYS } from './testing/laboratory.ts';

const cases = responsesRecordings();
const lab = laboratory('/v1/responses', cases);

describe.each(WAYS)('openai reads responses from %s', (way) => {
  test.each(cases.map(({ name, bytes }, at) => [name, bytes, at] as const))(
    '%s',
    async (name, bytes, at) => {
      const client = new OpenAI({
        ...{ apiKey: 'sk-of-the-client', maxRetries: 0, logLevel: 'off' as const },
        baseURL: `${lab.address(way)}/v1`,
      });
      const final = client.responses.stream({ model: lab.model(at), input: 'any' }).finalResponse();
      const reason = givesUp[name];
      if (reason) return expect(final).rejects.toThrow(reason);
      const stream = new IndexedStream(bytes);
      const snapshot = stream.snapshots().at(stream.index.count - 1);
      expect(withoutParsed((await final).output)).toEqual(withoutParsed(snapshot?.output));
    },
  );
});

test('the proxy kept each as it was recorded', async () => {
  const kept = await lab.kept();
  expect(cases.map((_, at) => kept.get(at)?.length)).toEqual(cases.map(() => 1));
  for (const [at, bodies] of kept)
    expect(bodies[0]!.equals(cases[at]!.bytes), cases[at]!.name).toBe(true);
});
