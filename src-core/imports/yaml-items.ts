import { decodeUtf8 } from '../text.ts';
import type { ByteLine } from './byte-lines.ts';

/** An item of a list in a YAML text. */
export interface YamlItem {
  /** From 0. */
  index: number;
  /** Its first line, from 1, and that line's offset in the text. */
  line: number;
  start: number;
  /** A YAML text of its own; null for an item that is larger than the limit. */
  text: string | null;
}

const LIST_KEY = /^(http_)?interactions:\s*(#.*)?$/;

/**
 * Cuts a VCR cassette in YAML into the items of its list, line by line: what a line is part of is told by its
 * indent alone (YAML 1.2.2, 8.2.1), as no line within an item, not even one of a block of text, may be
 * indented less than the item's content. Items are then parsed one at a time.
 */
export class YamlItems {
  readonly #limit: number;
  readonly #ofDocuments: boolean;
  #indent = -1;
  #inList = false;
  #index = 0;
  #item: { line: number; start: number; lines: string[]; size: number } | null = null;

  /**
   * @param limit bytes of an item; larger ones are passed over
   * @param kind `documents`: the items are the documents of the text, which `---` divides
   */
  constructor(limit: number, kind: 'list' | 'documents' = 'list') {
    this.#limit = limit;
    this.#ofDocuments = kind === 'documents';
  }

  /** Whether the list was found. */
  get found(): boolean {
    return this.#ofDocuments || this.#indent >= 0 || this.#inList;
  }

  /** The item that this line completed, by being the first one after it. */
  push(line: ByteLine): YamlItem[] {
    const decoded = line.bytes === null ? null : decodeUtf8(line.bytes);
    const text = line.line === 1 ? (decoded?.replace(/^\uFEFF/, '') ?? null) : decoded;
    if (this.#ofDocuments) {
      if (text !== null && /^---\s*$/.test(text)) return this.end();
      this.#item ??= { line: line.line, start: line.start, lines: [], size: 0 };
      this.#add(line, text);
      return [];
    }
    if (!this.#inList) {
      if (this.#item === null && text !== null && LIST_KEY.test(text)) this.#inList = true;
      return [];
    }
    const indent = text === null ? -1 : text.search(/[^ ]/);
    if (text !== null && indent >= 0 && (this.#indent < 0 || indent <= this.#indent)) {
      const isItem = /^ *-( |$)/.test(text);
      if (isItem && (this.#indent < 0 || indent === this.#indent)) {
        const done = this.end();
        this.#indent = indent;
        this.#item = { line: line.line, start: line.start, lines: [], size: 0 };
        this.#add(line, text);
        return done;
      }
      if (/^ *#/.test(text)) return [];
      // Another key: the list is over. Before the first item it was none.
      this.#inList = false;
      return this.end();
    }
    if (this.#item) this.#add(line, text);
    return [];
  }

  /** The last item. */
  end(): YamlItem[] {
    const item = this.#item;
    this.#item = null;
    if (!item) return [];
    const text = item.size > this.#limit ? null : `${item.lines.join('\n')}\n`;
    return [{ index: this.#index++, line: item.line, start: item.start, text }];
  }

  #add(line: ByteLine, text: string | null): void {
    const item = this.#item!;
    item.size += text === null ? Infinity : line.bytes!.length + 1;
    if (item.size > this.#limit) item.lines = [];
    else item.lines.push(text!);
  }
}
