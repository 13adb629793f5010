import { expect, test } from 'vitest';
import { bindingOf, type FocusKind, focusKindOf, isFree, keyLabel, type KeyPress } from './keys.ts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { key, code: '', ...none, ...more };
}

test.each<[string, KeyPress, string | null]>([
  ['a letter', press('j'), 'j'],
  ['a letter under caps lock', press('J'), 'j'],
  ['a letter with shift', press('J', { shiftKey: true }), 'Shift+j'],
  ['space', press(' '), 'Space'],
  ['a bracket', press('['), '['],
  ['a bracket with shift', press('{', { shiftKey: true }), 'Shift+['],
  ['a bracket by AltGr', press('[', { ctrlKey: true, altKey: true }), '['],
  ['a brace by AltGr', press('}', { ctrlKey: true, altKey: true }), 'Shift+]'],
  ['a question mark, wherever it is', press('?', { shiftKey: true }), '?'],
  ['a slash above the 7', press('/', { shiftKey: true }), '/'],
  ['Ctrl and a letter', press('k', { ctrlKey: true }), 'Mod+K'],
  ['Ctrl and Shift', press('V', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+V'],
  ['Ctrl and a digit of a French keyboard', press('&', { code: 'Digit1', ctrlKey: true }), 'Mod+1'],
  ['Ctrl+Enter', press('Enter', { ctrlKey: true }), 'Mod+Enter'],
  ['an arrow', press('ArrowDown'), 'ArrowDown'],
  ['Alt', press('j', { altKey: true }), null],
  [
    'Shift and Alt on a Mac',
    press('Ï', { code: 'KeyF', altKey: true, shiftKey: true }),
    'Shift+Alt+F',
  ],
  ['the system key', press('k', { metaKey: true }), null],
])('%s', (_what, event, binding) => {
  expect(bindingOf(event, false)).toBe(binding);
});

test('Cmd is the modifier of a Mac, Ctrl is not', () => {
  expect(bindingOf(press('k', { metaKey: true }), true)).toBe('Mod+K');
  expect(bindingOf(press('k', { ctrlKey: true }), true)).toBeNull();
});

test.each<[FocusKind, string[], string[]]>([
  ['page', ['Space', 'j', 'ArrowDown', 'Mod+K', 'Mod+Z'], []],
  [
    'typing',
    ['Mod+K', 'Mod+Enter', 'Shift+Alt+F'],
    ['Mod+Z', 'Space', 'j', '/', '?', '[', 'Home', 'F2'],
  ],
  ['button', ['j', '[', 'ArrowDown', 'Mod+K', 'Mod+Z'], ['Space']],
  ['arrows', ['j', '['], ['Space', 'ArrowDown', 'Home']],
])('with the focus on %s', (focus, free, taken) => {
  for (const binding of free) expect(isFree(binding, focus), binding).toBe(true);
  for (const binding of taken) expect(isFree(binding, focus), binding).toBe(false);
});

test('without a target the page has the focus', () => {
  expect(focusKindOf(null)).toBe('page');
});

test('keys read as the system writes them', () => {
  expect(keyLabel('Mod+Shift+V', false)).toBe('Ctrl+Shift+V');
  expect(keyLabel('Mod+Shift+V', true)).toBe('⌘⇧V');
  expect(keyLabel('ArrowDown', false)).toBe('↓');
  expect(keyLabel('j', false)).toBe('J');
  expect(keyLabel('Shift+ArrowLeft', false)).toBe('Shift+←');
  for (const mac of [true, false]) expect(keyLabel('+', mac)).toBe('+');
});
