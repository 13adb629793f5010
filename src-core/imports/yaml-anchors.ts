/** So much text of anchored nodes is remembered, and repeated for the items of a file in all, in characters. */
const MAX_KEPT = 1024 * 1024;
const MAX_REPEATED = 4 * 1024 * 1024;
/** Nodes that one item repeats, with those that these repeat. */
const MAX_NODES = 1000;

/** An anchor stands this near to the line's start, behind its dashes and its key. */
const HEAD = 500;
const ANCHOR = /^((?: *- )*) *(?:[^\s#&*][^:]*:|-)? *&([^\s,[\]{}]+)(?= |$)/;
const ALIAS = /(?:^|[\s,:[{-])\*([^\s,[\]{}]+)/g;

/**
 * Remembers the nodes of a list's items that have an anchor (`headers: &id001`), as text: PyYAML writes an alias
 * (`*id001`) where a later item has the same object. So each item can be parsed alone, after the few nodes that it
 * repeats, and not after all items before it.
 */
export class YamlAnchors {
  readonly #nodes = new Map<string, string>();
  #kept = 0;
  #repeated = 0;

  /**
   * The item's text, after the anchored nodes that it repeats as items before it.
   * @returns null where its aliases would have the file's items repeat more than the limit
   */
  complete(text: string): string | null {
    const needed = this.#needed(text);
    if (needed.size === 0) return text;
    if (this.#repeated > MAX_REPEATED) return null;
    const indent = ' '.repeat(Math.max(0, text.search(/[^ ]/)));
    const before = [...needed].map((name) => `${indent}- ${this.#nodes.get(name)!}`).join('');
    this.#repeated += before.length;
    return this.#repeated > MAX_REPEATED ? null : before + text;
  }

  /** Remembers what anchors the item has. */
  add(text: string): void {
    if (this.#kept > MAX_KEPT || !text.includes('&')) return;
    const lines = text.split('\n');
    lines.forEach((line, at) => {
      const found = line.includes('&') ? ANCHOR.exec(line.slice(0, HEAD)) : null;
      if (!found || this.#kept > MAX_KEPT) return;
      const [head, , name] = found;
      const node = [`&${name}${line.slice(head.length)}`, ...nested(lines, at)].join('\n') + '\n';
      this.#kept += node.length;
      // An anchor may be given anew: it means the last one then.
      this.#nodes.delete(name!);
      if (this.#kept <= MAX_KEPT) this.#nodes.set(name!, node);
    });
  }

  /** Names of the nodes that a text repeats, each after those that it repeats itself. */
  #needed(text: string): Set<string> {
    const needed = new Set<string>();
    const seen = new Set<string>();
    const add = (part: string) => {
      for (const [, name] of part.matchAll(ALIAS)) {
        const node = this.#nodes.get(name!);
        if (node === undefined || seen.has(name!) || seen.size >= MAX_NODES) continue;
        seen.add(name!);
        // Beyond the limit nothing is repeated any more: its nodes need not be read.
        if (this.#repeated <= MAX_REPEATED) add(node);
        needed.add(name!);
      }
    };
    if (this.#nodes.size > 0) add(text);
    return needed;
  }
}

/** The lines that belong to the node which a line begins: those that are indented more than its key or dash. */
function* nested(lines: readonly string[], at: number): Generator<string> {
  const line = lines[at]!;
  const dashes = /^ *((- +)*)/.exec(line)!;
  const isElement = /^ *(- +)*&/.test(line);
  // "- &a": the dash; "- key: &a": the key.
  const column = isElement ? line.lastIndexOf('-', dashes[0].length) : dashes[0].length;
  let inList: boolean | null = null;
  for (let next = at + 1; next < lines.length; next++) {
    const text = lines[next]!;
    const indent = text.search(/[^ ]/);
    if (indent >= 0) {
      // The elements of a list may stand right below its key.
      inList ??= !isElement && indent === column && text.startsWith('- ', indent);
      const isIn = indent > column || (inList && indent === column && text.startsWith('-', indent));
      if (!isIn) return;
    }
    yield text;
  }
}
