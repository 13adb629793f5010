import { expect, test } from 'vitest';
import { checkedFault } from '../../src-core/faults/checked-faults.ts';
import { FAULT_NAMES, kindOf } from '../../src-core/faults/fault-kinds.ts';
import { isFaultList } from '../../src-core/faults/fault-list.ts';
import { moved, newFault, valuesOf, whenOf, withTyped } from './edit-faults.ts';
import { FAULT_PRESETS } from './fault-presets.ts';

test('a new step of every kind can be applied as it is', () => {
  for (const name of FAULT_NAMES) expect(checkedFault(newFault(name)), name).toEqual([]);
});

test('every preset is a list, and no name is there twice', () => {
  for (const { name, faults } of FAULT_PRESETS)
    expect(isFaultList({ version: 1, name, seed: 1, faults }), name).toBe(true);
  expect(new Set(FAULT_PRESETS.map(({ name }) => name)).size).toBe(FAULT_PRESETS.length);
});

test('what is typed becomes a value, or says what is wrong', () => {
  const stall = newFault('stall');
  const { ms, at } = kindOf('stall').parameters as unknown as Record<'ms' | 'at', never>;
  expect(withTyped(stall, 'ms', ms, ' 250 ')).toEqual({ fault: { kind: 'stall', at: 3, ms: 250 } });
  expect(withTyped(stall, 'ms', ms, 'forever')).toMatchObject({ fault: { ms: 'forever' } });
  expect(withTyped(stall, 'at', at, '2..4')).toMatchObject({ fault: { at: '2..4' } });
  expect(withTyped(stall, 'ms', ms, 'soon')).toHaveProperty('wrong');
  expect(withTyped(stall, 'ms', ms, '')).toHaveProperty('wrong');
  expect(withTyped({ ...stall, chance: 0.5 }, 'chance', null, '')).toEqual({ fault: stall });
  expect(withTyped(stall, 'onRequests', null, '1, 3..')).toMatchObject({
    fault: { onRequests: '1, 3..' },
  });
  // The message of an error may be a number, and stays a text.
  const error = newFault('error');
  const { message } = kindOf('error').parameters as unknown as Record<'message', never>;
  expect(withTyped(error, 'message', message, '429')).toMatchObject({ fault: { message: '429' } });
});

test('steps are moved, and said in words', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
  expect(valuesOf({ kind: 'stall', at: 3, ms: 250 })).toBe('3, 250 ms');
  expect(whenOf({ kind: 'bom', chance: 0.3, onRequests: '2..' })).toBe('30%, request 2..');
  expect(whenOf({ kind: 'bom', off: true, chance: 0.3 })).toBe('off');
});
