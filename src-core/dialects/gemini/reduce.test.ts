import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../json.ts';
import { eventsOfObjects, recordingsIn, reduced } from '../../testing/reduced.ts';
import { eventsOf } from '../../testing/indexed-stream.ts';
import { gemini } from './gemini.ts';

const frame = (parts: JsonObject[], rest: JsonObject = {}): JsonObject => ({
  candidates: [{ index: 0, content: { role: 'model', parts }, ...rest }],
});
const of = (...events: JsonValue[]) => reduced(gemini, eventsOfObjects(...events));
const partsOf = (root: JsonObject | null) =>
  (root as unknown as { candidates: { content: { parts: unknown } }[] }).candidates[0]!.content
    .parts;

describe('parts', () => {
  test('texts are joined where both are thoughts or neither is', () => {
    const { state } = of(
      frame([{ text: 'h', thought: true }]),
      frame([{ text: 'm', thought: true }, { text: 'a' }]),
      frame([{ text: 'b' }]),
      frame([{ text: 'c', thought: true }]),
    );
    expect(partsOf(state.root)).toEqual([
      { text: 'hm', thought: true },
      { text: 'ab' },
      { text: 'c', thought: true },
    ]);
    expect([...state.lanes]).toEqual([
      ['reasoning_text 0 0', 'hm'],
      ['output_text 0 1', 'ab'],
      ['reasoning_text 0 2', 'c'],
    ]);
  });

  test('a signature stays on its part', () => {
    const { state } = of(
      frame([{ text: 'a' }]),
      frame([{ text: 'b', thoughtSignature: 's' }]),
      frame([{ text: 'c' }]),
      frame([{ text: '', thoughtSignature: 't' }]),
    );
    expect(partsOf(state.root)).toEqual([
      { text: 'ab', thoughtSignature: 's' },
      { text: 'c' },
      { text: '', thoughtSignature: 't' },
    ]);
  });

  test('a whole call is a lane with its arguments as JSON', () => {
    const part = { functionCall: { name: 'f', args: { x: 1 } }, thoughtSignature: 's' };
    const { state, types } = of(frame([part]));
    expect(types).toEqual(['part.functionCall']);
    expect(partsOf(state.root)).toEqual([part]);
    expect(state.lanes.get('function_arguments 0 0')).toBe('{"x":1}');
    const lane = { kind: 'function_arguments', outputIndex: 0, subIndex: 0 } as const;
    expect(gemini.itemOf(state.root!, lane)).toEqual(part.functionCall);
  });

  test('arguments in pieces', () => {
    const call = (functionCall: JsonObject) => frame([{ functionCall }]);
    const piece = (jsonPath: string, rest: JsonObject) => ({ jsonPath, ...rest });
    const { state } = of(
      call({ name: 'f', willContinue: true }),
      call({
        partialArgs: [piece('$.city', { stringValue: 'Bo', willContinue: true })],
        willContinue: true,
      }),
      call({
        partialArgs: [
          piece('$.city', { stringValue: 'ston' }),
          piece('$.days[1].high', { numberValue: 3 }),
          piece("$['a b']", { boolValue: true }),
        ],
        willContinue: true,
      }),
      call({}),
      call({ name: 'g', args: {} }),
    );
    const args = { city: 'Boston', days: [null, { high: 3 }], 'a b': true };
    expect(partsOf(state.root)).toEqual([
      { functionCall: { name: 'f', args } },
      { functionCall: { name: 'g', args: {} } },
    ]);
    expect(state.lanes.get('function_arguments 0 0')).toBe(JSON.stringify(args));
  });

  test('several candidates, a zero left out', () => {
    const { state } = of({
      candidates: [
        { content: { parts: [{ text: 'a' }] } },
        { index: 1, content: { parts: [{ text: 'b' }] } },
      ],
    });
    expect([...state.lanes.keys()]).toEqual(['output_text 0 0', 'output_text 1 0']);
  });
});

describe('ends', () => {
  test('a blocked prompt, as recorded', () => {
    const [recording] = recordingsIn('gemini/fbvertex-googleai-streaming-failure-prompt-blocked');
    // The recording lacks its last blank line, without which no client sees the event.
    const whole = new TextEncoder().encode(`${new TextDecoder().decode(recording!.bytes)}\n\n`);
    const events = eventsOf(whole).map(({ value, data }) => ({ value, data, name: '' }));
    const { state, types } = reduced(gemini, events);
    expect(types).toEqual(['promptFeedback']);
    expect(state.ends).toEqual([{ status: 'failed', reason: 'the prompt was blocked (SAFETY)' }]);
  });

  test('the limit of tokens', () => {
    const { state } = of(frame([{ text: 'a' }], { finishReason: 'MAX_TOKENS' }));
    expect(state.ends).toMatchObject([{ status: 'incomplete' }]);
  });

  test('STOP with every frame', () => {
    const stop = { finishReason: 'STOP' };
    const { state } = of(frame([{ text: 'a' }], stop), frame([{ text: 'b' }], stop));
    expect(state.ends.at(-1)).toEqual({ status: 'completed', reason: '' });
    expect(partsOf(state.root)).toEqual([{ text: 'ab' }]);
  });

  test('an error after frames', () => {
    const error = { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' };
    const { state } = of(frame([{ text: 'a' }]), { error });
    expect(state.ends).toEqual([{ status: 'failed', reason: '503: The model is overloaded.' }]);
    expect(state.root).toMatchObject({ error });
  });
});

test('of what is no text the last holds', () => {
  const { state } = of(
    { ...frame([{ text: 'a' }], { groundingMetadata: {} }), usageMetadata: { totalTokenCount: 1 } },
    { ...frame([], { groundingMetadata: { x: 1 } }), usageMetadata: { totalTokenCount: 2 } },
  );
  expect(state.root).toMatchObject({
    candidates: [{ groundingMetadata: { x: 1 } }],
    usageMetadata: { totalTokenCount: 2 },
  });
});
