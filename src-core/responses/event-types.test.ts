import { describe, expect, test } from 'vitest';
import { listedEvents } from '../testing/plain-fold.ts';
import { type EventRule, kindOf, knownTypes, ruleOf } from './event-types.ts';
import { leafPath } from './leaf.ts';

/** A rule in the words of the protocol's list. */
function inWords(rule: EventRule): { op: string; target: string } {
  const output = 'response.output[oi]';
  switch (rule.op) {
    case 'begin':
      return { op: 'init', target: 'response' };
    case 'renew':
      return { op: 'replace-snapshot', target: 'response' };
    case 'final':
      return { op: 'replace-final', target: 'response' };
    case 'fatal':
      return { op: 'fatal', target: '-' };
    case 'item-added':
      return { op: 'insert item', target: output };
    case 'item-done':
      return { op: 'replace <- item', target: output };
    case 'part-added':
    case 'part-done': {
      const place = rule.list === 'content' ? 'content[ci]' : 'summary[si]';
      const op = rule.op === 'part-added' ? 'insert part' : 'replace <- part';
      return { op, target: `${output}.${place}` };
    }
    case 'append':
      return { op: 'append delta', target: `${output}${place(rule.lane)}` };
    case 'replace':
      return { op: `replace <- ${rule.field}`, target: `${output}${place(rule.lane)}` };
    case 'annotation':
      return { op: 'set annotation', target: `${output}.content[ci].annotations[ai]` };
    case 'shell-output':
      return {
        op: 'append delta.stdout / delta.stderr',
        target: `${output}.output[mi].stdout|stderr`,
      };
    case 'shell-output-done':
      return { op: 'replace <- output[0]', target: `${output}.output[mi]` };
    case 'status':
      return { op: `set status = ${rule.status}`, target: `${output}.status` };
    case 'none':
      return { op: 'none', target: '-' };
  }
}

function place(lane: Parameters<typeof leafPath>[0]): string {
  const index = { summary: '[si]', commands: '[mi]' };
  let path = '';
  let list = '';
  for (const key of leafPath(lane, 0)) {
    if (typeof key === 'number') path += index[list as keyof typeof index] ?? '[ci]';
    else path += `.${(list = key)}`;
  }
  return path;
}

describe('the list of event types', () => {
  test.each(listedEvents.map((event) => [event.type, event] as const))('has %s', (type, event) => {
    const rule = ruleOf(type);
    expect(rule).toBeDefined();
    // The transcript of audio has no place in the response; it is followed as a text all the same.
    if (type === 'response.audio.transcript.delta') return;
    const words = inWords(rule!);
    const op = event.op
      .replace(/^none .*/, 'none')
      .replace(/ \(null treated as ""\)$/, '')
      .replace('insert command', 'replace <- command');
    expect(words.op).toBe(op);
    if (words.op !== 'none') expect(words.target).toBe(event.target.replace(/ \(.*\)$/, ''));
    expect(rule!.op === 'final').toBe(event.terminal);
  });

  test('has no others', () => {
    expect(knownTypes().sort()).toEqual(listedEvents.map(({ type }) => type).sort());
  });

  test('knows nothing of other types', () => {
    expect(ruleOf('response.cancelled')).toBeUndefined();
    expect(ruleOf('toString')).toBeUndefined();
  });
});

describe('the kind of an event', () => {
  test.each([
    ['response.created', 'lifecycle'],
    ['response.failed', 'error'],
    ['error', 'error'],
    ['response.output_item.added', 'item'],
    ['response.content_part.done', 'part'],
    ['response.reasoning_summary_part.added', 'reasoning'],
    ['response.output_text.delta', 'text'],
    ['response.output_text.annotation.added', 'text'],
    ['response.refusal.done', 'refusal'],
    ['response.reasoning_text.delta', 'reasoning'],
    ['response.function_call_arguments.delta', 'arguments'],
    ['response.code_interpreter_call_code.delta', 'tool'],
    ['response.web_search_call.searching', 'tool'],
    ['response.image_generation_call.partial_image', 'tool'],
    ['keepalive', 'other'],
    ['message', 'other'],
  ])('%s is %s', (type, kind) => expect(kindOf(type)).toBe(kind));
});
