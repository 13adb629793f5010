/** A step on the way to a place in a JSON text: the key or position of a value, and where that begins. */
export interface PathStep {
  /** Null of the root. */
  readonly key: string | number | null;
  /** Where the key begins, or the value where it has none. */
  readonly start: number;
  /** Where the value begins; -1 where it does not yet. */
  readonly valueStart: number;
}

interface Open {
  isObject: boolean;
  /** Of the member or item that is being read. */
  key: string | null;
  index: number;
  start: number;
  valueStart: number;
  /** Whether a key, not a value, comes next. */
  wantsKey: boolean;
}

const STRING = /"(?:[^"\\\n]|\\.)*"?/y;
const WORD = /[^\s{}[\],:"]+/y;

/**
 * The values around an offset of a text, from the root to the innermost. It reads what is before the
 * offset only, and takes what is no JSON as it comes, so that it answers while somebody types.
 */
export function pathAt(text: string, offset: number): PathStep[] {
  const { open, root } = walk(text, offset);
  const path: PathStep[] = [{ key: null, start: Math.max(0, root), valueStart: Math.max(0, root) }];
  for (const { isObject, key, index, start, valueStart } of open)
    if (isObject ? key !== null : true)
      path.push({ key: isObject ? key : index, start: start < 0 ? offset : start, valueStart });
    else break;
  return path;
}

/** The keys of the object that keys lead to, in order; none where no object is there. */
export function keysAt(text: string, path: readonly string[]): string[] {
  const keys = new Set<string>();
  walk(text, text.length, (open, key) => {
    if (open.length !== path.length + 1) return;
    if (path.every((step, at) => step === String(open[at]!.key ?? open[at]!.index))) keys.add(key);
  });
  return [...keys];
}

/** Reads up to an offset: what is open there, and where the root began. */
function walk(
  text: string,
  offset: number,
  onKey: (open: readonly Open[], key: string) => void = () => {},
): { open: Open[]; root: number } {
  const open: Open[] = [];
  let root = -1;
  const value = (start: number) => {
    const around = open.at(-1);
    if (!around) root = root < 0 ? start : root;
    else {
      around.valueStart = start;
      if (!around.isObject) around.start = start;
    }
  };
  let at = 0;
  while (at < offset) {
    const character = text[at];
    const around = open.at(-1);
    if (character === '{' || character === '[') {
      value(at);
      const isObject = character === '{';
      open.push({ isObject, key: null, index: 0, start: -1, valueStart: -1, wantsKey: isObject });
    } else if (character === '}' || character === ']') open.pop();
    else if (character === ',' && around) {
      Object.assign(around, { key: null, index: around.index + 1, start: -1, valueStart: -1 });
      around.wantsKey = around.isObject;
    } else if (character === ':' && around) around.wantsKey = false;
    else if (character === '"') {
      const end = endOf(STRING, text, at);
      if (around?.wantsKey) {
        around.key = keyIn(text.slice(at, end));
        around.start = at;
        onKey(open, around.key);
      } else value(at);
      at = end;
      continue;
    } else if (!/\s/.test(character!)) {
      if (!around?.wantsKey) value(at);
      at = endOf(WORD, text, at);
      continue;
    }
    at++;
  }
  return { open, root };
}

/** Where the value that begins at an offset ends; the end of the text for one that is not closed. */
export function valueEnd(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOf(STRING, text, start);
  if (first !== '{' && first !== '[') return endOf(WORD, text, start);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOf(STRING, text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? at + match[0].length : Math.min(at + 1, text.length);
}

function keyIn(string: string): string {
  try {
    return JSON.parse(string) as string;
  } catch {
    return string.replace(/^"|"$/g, '');
  }
}
