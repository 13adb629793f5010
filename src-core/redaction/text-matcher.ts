import { stringMembers } from '../imports/json-members.ts';
import { addressSpans, encodedParts } from './address-spans.ts';
import { classOfName } from './class-names.ts';
import { compiledPattern, type FindCustom, MOST_PATTERNS } from './custom-pattern.ts';
import type { RedactionClass, RedactionOptions } from './options.ts';
import { rawString } from './json-tokens.ts';
import { joinedSpans, type Span } from './spans.ts';
import { VALUE_FORMS } from './value-forms.ts';

/** A value that was struck out by its name is struck out wherever else it stands, if it has so many characters. */
const SHORTEST_VALUE = 8;
/** So many of them are remembered. */
export const MOST_VALUES = 1000;
/** No value of a class is as short as this, and most strings are shorter. */
const SHORTEST_FORM = 6;
const LONGEST_CLEAN = 100;
/** JSON in a string of JSON, and so on: so deep, and so often encoded in an address. */
const DEEPEST = 4;
const MOST_CLEAN = 2000;
const NONE: Span[] = [];

/**
 * Finds what is to be struck out of a text: what has the form of a class, what a name within the text says, what
 * was struck out elsewhere by its name, and a person's own patterns.
 */
export class TextMatcher {
  readonly options: RedactionOptions;
  /** What is wrong with patterns, as sentences. */
  readonly remarks: string[] = [];
  readonly #forms: readonly (readonly [RedactionClass, RegExp])[];
  /** Whether any of the forms is in a text: one look for the many texts that have none. */
  readonly #anyForm: RegExp;
  /** Texts that nothing was found in: types and ids come with every event. */
  readonly #clean = new Set<string>();
  readonly #custom: FindCustom[] = [];
  readonly #values = new Map<string, RedactionClass>();
  #anyValue: RegExp | null = null;

  constructor(options: RedactionOptions) {
    this.options = options;
    this.#forms = VALUE_FORMS.filter(([of]) => options[of]);
    this.#anyForm = new RegExp(this.#forms.map(([, { source }]) => source).join('|') || '(?!)');
    for (const pattern of options.custom.slice(0, MOST_PATTERNS)) {
      const compiled = compiledPattern(pattern);
      if (typeof compiled === 'string') this.remarks.push(compiled);
      else this.#custom.push(compiled);
    }
    if (options.custom.length > MOST_PATTERNS)
      this.remarks.push(`Only the first ${MOST_PATTERNS} own patterns count.`);
  }

  /** Whether anything at all is looked for. */
  get isIdle(): boolean {
    return (
      this.#custom.length === 0 &&
      this.#values.size === 0 &&
      !(['secret', 'organisation', 'user', 'email'] as const).some((one) => this.options[one])
    );
  }

  /**
   * Remembers a value that a name told of. One that is a plain word, or short, is struck out where it stands
   * only: it would be found in innocent text.
   */
  remember(value: string, of: RedactionClass): void {
    for (const part of partsOf(value, of)) {
      if (part.length < SHORTEST_VALUE || /^([A-Za-z]+|\*+)$/.test(part)) continue;
      if (this.#values.size >= MOST_VALUES) {
        const remark = `More than ${MOST_VALUES.toLocaleString('en')} values were struck out by their names: the rest are looked for nowhere else.`;
        if (!this.remarks.includes(remark)) this.remarks.push(remark);
        return;
      }
      if (this.#values.has(part)) continue;
      this.#values.set(part, of);
      this.#anyValue = null;
      this.#clean.clear();
    }
  }

  /**
   * What is to be struck out, in order, without overlaps.
   * @param isWord the text is a name or a word of a protocol: only what can be nothing else is found in it
   */
  spans(text: string, isWord = false): Span[] {
    if (text.length < SHORTEST_FORM && this.#custom.length === 0) return NONE;
    if (this.#clean.has(text)) return NONE;
    const found = this.#found(text, isWord);
    if (found.length > 0) return joinedSpans(found);
    if (text.length <= LONGEST_CLEAN && !isWord) {
      if (this.#clean.size >= MOST_CLEAN) this.#clean.clear();
      this.#clean.add(text);
    }
    return NONE;
  }

  #found(text: string, isWord: boolean, depth = 0): Span[] {
    const found: Span[] = [];
    if (!isWord) for (const find of this.#custom) found.push(...find(text));
    if (text.length >= SHORTEST_FORM) {
      if (this.#anyForm.test(text))
        for (const [of, form] of this.#forms)
          for (const { index, 0: value } of text.matchAll(form))
            found.push({ from: index, to: index + value.length, class: of });
      if (!isWord) this.#ofValues(text, found);
      if (text.includes('"')) this.#ofMembers(text, found);
      if (!isWord && this.options.secret) found.push(...addressSpans(text));
      if (!isWord && text.includes('%') && depth < DEEPEST) this.#ofEncoded(text, found, depth);
    }
    return found;
  }

  /** What is encoded for an address is struck out whole where what it says is. */
  #ofEncoded(text: string, found: Span[], depth: number): void {
    for (const { from, to, says } of encodedParts(text)) {
      const [first] = this.#found(says, false, depth + 1);
      if (first) found.push({ from, to, class: first.class });
    }
  }

  #ofValues(text: string, found: Span[]): void {
    if (this.#values.size === 0 || text.length < SHORTEST_VALUE) return;
    // The engine makes a tree of alternatives that are plain texts.
    this.#anyValue ??= new RegExp(
      [...this.#values.keys()]
        .sort((a, b) => b.length - a.length)
        .map((value) => value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
        .join('|'),
      'g',
    );
    for (const { index, 0: value } of text.matchAll(this.#anyValue))
      found.push({
        from: index,
        to: index + value.length,
        class: this.#values.get(value) ?? 'user',
      });
  }

  /** Members of JSON within a text: a tool's arguments, a document that a model wrote, what it quotes in turn. */
  #ofMembers(text: string, found: Span[], at = (unit: number) => unit, depth = 0): void {
    for (const { name, value, start, end } of stringMembers(text)) {
      if (value === '') continue;
      const of = classOfName(name, 'text');
      if (of && this.options[of]) found.push({ from: at(start), to: at(end), class: of });
      else if (value.includes('\\"') && depth < DEEPEST) {
        const { value: quoted, offsetOf } = rawString(text, start, end);
        this.#ofMembers(quoted, found, (unit) => at(offsetOf(unit)), depth + 1);
      }
    }
  }
}

/** What a server would quote of a value: the token without its scheme, and how it stands in an address. */
function partsOf(value: string, of: RedactionClass): string[] {
  const token = of === 'secret' ? /^[A-Za-z-]+\s+(\S+)$/.exec(value)?.[1] : undefined;
  const parts = token === undefined ? [value] : [value, token];
  return parts.flatMap((part) => {
    const encoded = addressed(part);
    return encoded === part ? [part] : [part, encoded];
  });
}

function addressed(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a surrogate pair.
    return text;
  }
}
