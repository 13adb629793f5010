import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWindow } from './byte-window.ts';

const MIB = 1024 * 1024;

test('it keeps what is needed and a little before, of a body of any size', () => {
  const window = new ByteWindow();
  const chunk = Buffer.alloc(MIB, 'abcdefg\n');
  for (let at = 0; at < 100; at++) {
    window.append(chunk);
    window.release(at * MIB);
    expect(window.slice(at * MIB, at * MIB + 8).toString()).toBe('abcdefg\n');
  }
  expect(window.end).toBe(100 * MIB);
  // Lines of eight bytes: the byte at n is in line n / 8 + 1.
  expect(window.lineOf(99 * MIB + 16)).toBe((99 * MIB) / 8 + 3);
  expect(window.lineOf(98 * MIB)).toBe((98 * MIB) / 8 + 1);
  expect(window.lineOf(0)).toBeNull();
});

test('lines are counted the same in any order of questions', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('\n', 'a', '\r', 'é'), { maxLength: 60 }),
      fc.array(fc.nat(80), { maxLength: 20 }),
      (units, questions) => {
        const bytes = Buffer.from(units.join(''));
        const window = new ByteWindow();
        window.append(bytes);
        for (const offset of questions) {
          const before = bytes.subarray(0, offset).toString('latin1');
          expect(window.lineOf(offset)).toBe(before.split('\n').length);
        }
      },
    ),
  );
});
