import { expect, test } from 'vitest';
import { SoundBytes } from './sound-bytes.ts';

const base64 = (...bytes: number[]) => btoa(String.fromCharCode(...bytes));

test('tells the sound of any first deltas, each decoded once', () => {
  const sound = new SoundBytes();
  sound.push(base64(0x4f, 0x67, 0x67, 0x53)); // OggS
  sound.push('AA!A');
  sound.push(base64(1, 2, 3));
  const whole = sound.at(3);
  expect(whole).toMatchObject({ size: 8, broken: 1, isCut: false, format: 'ogg' });
  expect(whole.parts.flatMap((part) => [...part])).toEqual([0x4f, 0x67, 0x67, 0x53, 0, 1, 2, 3]);
  const less = sound.at(1);
  expect(less).toMatchObject({ size: 4, broken: 0, isCut: false });
  expect(less.parts[0]).toBe(whole.parts[0]);
  expect(sound.at(0)).toMatchObject({ parts: [], size: 0 });
});

test('keeps no more than the limit, and says where it is cut', () => {
  const sound = new SoundBytes(5);
  for (let delta = 0; delta < 4; delta++) sound.push(base64(delta, delta));
  expect(sound.count).toBe(2);
  expect(sound.isFull).toBe(true);
  expect(sound.at(2)).toMatchObject({ size: 4, isCut: false });
  expect(sound.at(4)).toMatchObject({ size: 4, isCut: true });
});
