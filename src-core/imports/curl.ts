import { base64Of } from './base64.ts';
import { encodeUtf8 } from '../text.ts';
import { commandWords, type ShellWord } from './curl-words.ts';
import type { HeaderPairs } from './exchange.ts';

/** The request that a cURL command makes. Nothing of it is run, and no file is read. */
export interface CurlRequest {
  method: string;
  url: string;
  headers: HeaderPairs;
  /** Null where the command has none that could be read. */
  body: string | null;
  /** Variables of the shell that stand in it: their values are not known here. */
  variables: string[];
  /** What was left out, as sentences. */
  notes: string[];
}

/** Options of one letter that take a value. */
const SHORT_WITH_VALUE = 'AbcCdDeEFHKmoPQrtTuUwxXyYz';
const SHORT_NAMES: Readonly<Record<string, string>> = {
  A: 'user-agent',
  b: 'cookie',
  d: 'data',
  e: 'referer',
  F: 'form',
  G: 'get',
  H: 'header',
  I: 'head',
  T: 'upload-file',
  u: 'user',
  X: 'request',
};
/** Long options that take a value and are left out: they describe the connection or where output goes. */
const PASSED_OVER =
  /^(output|output-dir|max-time|connect-timeout|retry(-.+)?|proxy(-.+)?|preproxy|noproxy|cacert|capath|cert(-.+)?|key(-type)?|pass|resolve|connect-to|interface|limit-rate|write-out|cookie-jar|config|range|max-redirs|max-filesize|unix-socket|keepalive-time|dump-header|stderr|trace(-.+)?|proto(-.+)?|ciphers|tls13-ciphers|tls-max|dns-.+|doh-url|speed-.+|local-port|variable|aws-sigv4|expect100-timeout|happy-eyeballs-timeout-ms|pinnedpubkey|socks.*|form-string|rate|parallel-max|hostpubmd5)$/;
const DATA = /^(data|data-ascii|data-binary|data-raw|data-urlencode|json)$/;

/** @returns null for what is no cURL command, or has no URL */
export function curlRequest(command: string): CurlRequest | null {
  const words = commandWords(command);
  const curl = words.findIndex(
    (word) => word.kind === 'word' && /^(.*[\\/])?curl(\.exe)?$/i.test(word.text),
  );
  if (curl < 0) return null;
  const reader = new OptionReader(words.slice(curl + 1));
  reader.read();
  return reader.request();
}

class OptionReader {
  readonly #words: ShellWord[];
  #at = 0;
  #method = '';
  #url = '';
  #data: string[] = [];
  #isJson = false;
  readonly #headers: HeaderPairs = [];
  readonly #variables = new Set<string>();
  readonly #notes: string[] = [];
  /** Words that are neither options nor the URL. */
  #more = 0;

  constructor(words: ShellWord[]) {
    this.#words = words;
  }

  read(): void {
    for (let word = this.#next(); word !== null; word = this.#next()) {
      if (word.startsWith('--') && word.length > 2) this.#long(word.slice(2));
      else if (word.startsWith('-') && word.length > 1) this.#short(word.slice(1));
      else if (this.#url === '') this.#url = word;
      else this.#more++;
    }
  }

  request(): CurlRequest | null {
    if (this.#url === '') return null;
    // Not which: without its quotes a header falls apart, and one of the words is the key.
    if (this.#more > 0)
      this.#notes.push(
        `Only the first URL is taken: ${this.#more} more ${this.#more === 1 ? 'word is' : 'words are'} left out. Is a header without quotes?`,
      );
    const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(this.#url) ? this.#url : `http://${this.#url}`;
    const body = this.#data.length === 0 ? null : this.#data.join(this.#isJson ? '' : '&');
    if (this.#isJson) this.#addDefault('content-type', 'application/json');
    return {
      method: this.#method || (body === null ? 'GET' : 'POST'),
      url,
      headers: this.#headers,
      body,
      variables: [...this.#variables],
      notes: this.#notes,
    };
  }

  /** The next word's text, null at the end. */
  #next(): string | null {
    const word = this.#words[this.#at];
    if (!word || word.kind === 'end') return null;
    this.#at++;
    if (word.kind === 'input') return this.#next();
    for (const name of word.variables) this.#variables.add(name);
    return word.text;
  }

  #short(letters: string): void {
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at]!;
      const name = SHORT_NAMES[letter] ?? '';
      if (!SHORT_WITH_VALUE.includes(letter)) {
        if (name !== '') this.#flag(name);
        continue;
      }
      const value = letters.slice(at + 1) || (this.#next() ?? '');
      if (name !== '') this.#option(name, value);
      return;
    }
  }

  #long(option: string): void {
    // curl takes no "=", but people write it.
    const [, name, value] = /^([^=]+)(?:=([\s\S]*))?$/.exec(option) ?? [];
    if (name === undefined) return;
    if (PASSED_OVER.test(name)) {
      if (value === undefined) this.#next();
      if (name === 'form-string') this.#option('form', '');
    } else if (DATA.test(name) || LONG_WITH_VALUE.has(name))
      this.#option(name, value ?? this.#next() ?? '');
    else this.#flag(name);
  }

  #flag(name: string): void {
    if (name === 'get')
      this.#notes.push('-G sends the data in the URL: it is taken as the body here.');
    else if (name === 'head') this.#method = 'HEAD';
  }

  #option(name: string, value: string): void {
    if (DATA.test(name)) return this.#addData(name, value);
    switch (name) {
      case 'url':
        this.#url ||= value;
        break;
      case 'request':
        this.#method = value.toUpperCase();
        break;
      case 'header':
        this.#header(value);
        break;
      case 'user':
        this.#headers.push(['Authorization', `Basic ${base64Of(encodeUtf8(value))}`]);
        break;
      case 'oauth2-bearer':
        this.#headers.push(['Authorization', `Bearer ${value}`]);
        break;
      case 'user-agent':
        this.#headers.push(['User-Agent', value]);
        break;
      case 'referer':
        this.#headers.push(['Referer', value]);
        break;
      case 'cookie':
        if (value.includes('=')) this.#headers.push(['Cookie', value]);
        else
          this.#notes.push(
            `Cookies of the file ${shortened(value)} are left out: files are not read.`,
          );
        break;
      case 'form':
        this.#notes.push('-F sends a form: it is left out.');
        break;
      case 'upload-file':
        this.#notes.push(`The file ${shortened(value)} is not read: paste its text as the body.`);
        break;
    }
  }

  #header(value: string): void {
    if (value.startsWith('@')) {
      this.#notes.push(
        `Headers of the file ${shortened(value.slice(1))} are left out: files are not read.`,
      );
      return;
    }
    const colon = value.indexOf(':');
    const name = (colon < 0 ? value : value.slice(0, colon)).trim();
    const text = colon < 0 ? '' : value.slice(colon + 1).trim();
    // "Name:" takes a header away.
    if (name !== '' && text !== '') this.#headers.push([name, text]);
  }

  #addData(name: string, value: string): void {
    if (name === 'json') this.#isJson = true;
    if (name === 'data-raw' || !value.startsWith('@')) {
      this.#data.push(value);
      return;
    }
    const file = value.slice(1);
    const input = this.#words.find((word) => word.kind === 'input');
    if (file === '-' && input?.kind === 'input') this.#data.push(input.text);
    else
      this.#notes.push(
        file === '-'
          ? 'The body comes from standard input: paste it.'
          : `The body is in the file ${shortened(file)}, which is not read: paste its text.`,
      );
  }

  #addDefault(name: string, value: string): void {
    if (!this.#headers.some(([known]) => known.toLowerCase() === name))
      this.#headers.push([name, value]);
  }
}

const LONG_WITH_VALUE: ReadonlySet<string> = new Set([
  'url',
  'request',
  'header',
  'user',
  'oauth2-bearer',
  'user-agent',
  'referer',
  'cookie',
  'form',
  'upload-file',
]);

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
