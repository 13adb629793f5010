/** What of a key event decides. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'
>;

/** What keys mean to the thing that has the focus. */
export type FocusKind = 'page' | 'typing' | 'button' | 'arrows';

/**
 * The name of a key as commands write it; null for what can be no command. It goes by the character,
 * so that `[` and `?` are where the keyboard's layout has them.
 */
export function bindingOf(press: KeyPress, mac: boolean): string | null {
  const { key, code, shiftKey } = press;
  // AltGr is Ctrl+Alt on Windows, and how many layouts write `[`.
  const writes = press.altKey && press.ctrlKey && key.length === 1;
  // By the place of the key: with Alt, many layouts write other characters.
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (press.altKey && shiftKey && letter && !press.ctrlKey && !press.metaKey)
    return `Shift+Alt+${letter}`;
  const mod = !writes && (mac ? press.metaKey : press.ctrlKey);
  if (!writes && (press.altKey || (mac ? press.ctrlKey : press.metaKey))) return null;
  if (mod) {
    const digit = /^Digit(\d)$/.exec(code);
    const name = digit ? digit[1]! : key.length === 1 ? key.toUpperCase() : key;
    return `Mod+${shiftKey && !digit ? 'Shift+' : ''}${name}`;
  }
  if (key === '{' || (shiftKey && key === '[')) return 'Shift+[';
  if (key === '}' || (shiftKey && key === ']')) return 'Shift+]';
  if (key === ' ') return shiftKey ? null : 'Space';
  if (key.length > 1) return shiftKey ? `Shift+${key}` : key;
  const lower = key.toLowerCase();
  // Shift is part of a symbol, but makes a letter another key.
  return shiftKey && lower !== key ? `Shift+${lower}` : lower;
}

const ARROW_KEYS = ['ArrowUp', 'ArrowDown', 'Home', 'End', 'Space'];

/** Whether a command's key is free for it where the focus is. */
export function isFree(binding: string, focus: FocusKind): boolean {
  // Where a person types it takes back what was typed.
  if (binding === 'Mod+Z') return focus !== 'typing';
  if (binding.startsWith('Mod+') || binding.startsWith('Shift+Alt+')) return true;
  if (focus === 'typing') return false;
  if (focus === 'button') return binding !== 'Space';
  if (focus === 'arrows') return !ARROW_KEYS.includes(binding);
  return true;
}

const TYPING =
  'textarea, select, [contenteditable=""], [contenteditable="true"], .monaco-editor, ' +
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="range"])';
const ARROWS = ['tab', 'slider', 'option', 'listbox', 'tree', 'treeitem', 'menuitem', 'menu']
  .map((role) => `[role="${role}"]`)
  .join(', ')
  .concat(', [role="separator"], input[type="radio"], input[type="range"]');
const BUTTON = 'button, a[href], summary, [role="button"], input';

export function focusKindOf(element: Element | null): FocusKind {
  if (!element) return 'page';
  if (element.closest(TYPING)) return 'typing';
  if (element.closest(ARROWS)) return 'arrows';
  return element.closest(BUTTON) ? 'button' : 'page';
}

/** The key as a person reads it. */
export function keyLabel(binding: string, mac: boolean): string {
  const names: Record<string, string> = {
    ArrowUp: '↑',
    ArrowDown: '↓',
    ContextMenu: '☰',
    ArrowLeft: '←',
    ArrowRight: '→',
    Mod: mac ? '⌘' : 'Ctrl',
    Shift: mac ? '⇧' : 'Shift',
    Alt: mac ? '⌥' : 'Alt',
    Enter: mac ? '↩' : 'Enter',
  };
  if (binding === '+') return binding;
  return binding
    .split('+')
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(mac ? '' : '+');
}
