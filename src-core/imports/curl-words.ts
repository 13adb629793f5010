import { decodeUtf8 } from '../text.ts';

/** A word of a command line, or what ends the command there. */
export type ShellWord =
  /** `variables`: names that a shell would put values in for; they stand in the text as written. */
  | { kind: 'word'; text: string; variables: string[] }
  /** The text that a here-document (`<<EOF`) gives to the standard input. */
  | { kind: 'input'; text: string }
  | { kind: 'end' };

/** A value as a shell reads it, without blanks but in quotes. */
const VALUE = /(?:"[^"\n]*"|'[^'\n]*'|[^\s"';&])*/.source;
/**
 * What stands before a command where people copy it: a fence of Markdown, comments, settings of the shell and of
 * variables, a prompt, and `time`.
 */
const BEFORE = [
  /^\uFEFF?/.source,
  String.raw`(?:\s*(?:#[^\n]*\n|\`\`\`[\w-]*[ \t]*\r?\n|(?:(?:(?:export[ \t]+)?\w+=|\$env:\w+[ \t]*=[ \t]*)${VALUE}|set[ \t]+[-+][^\n;&]*)[ \t]*(?:\r?\n|;|&&)))*`,
  String.raw`\s*(?:[$%>]\s+)?(?:\w+=${VALUE}[ \t]+)*(?:(?:time|sudo|exec|command|env)[ \t]+)*`,
].join('');
const CURL = /(?:"?(?:[a-z]:)?[\\/](?:[^\s"']*[\\/])?)?curl(?:\.exe)?"?/.source;
const BEFORE_COMMAND = new RegExp(BEFORE, 'i');
const LOOKS_LIKE_CURL = new RegExp(String.raw`${BEFORE}${CURL}\s+\S`, 'i');

/** Whether a text is a cURL command, perhaps after a prompt, comments or settings of variables. */
export function looksLikeCurl(text: string): boolean {
  return LOOKS_LIKE_CURL.test(text.slice(0, 4096));
}

/**
 * The words of the first command in a text, as the shell would split it: that of Windows (`cmd`) where carets
 * escape line ends or quotes, else a POSIX shell with bash's `$'...'`. Nothing is run or put in.
 */
export function commandWords(text: string): ShellWord[] {
  const command = text.replace(BEFORE_COMMAND, '');
  return /^\S+\s+(-\S+\s+)*\^"|[ \t]\^\r?\n/.test(command)
    ? cmdWords(command)
    : posixWords(command);
}

function posixWords(text: string): ShellWord[] {
  const words: ShellWord[] = [];
  let word: { text: string; variables: string[] } | null = null;
  const add = (piece: string) => ((word ??= { text: '', variables: [] }).text += piece);
  const close = () => {
    if (word) words.push({ kind: 'word', ...word });
    word = null;
  };
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    const rest = () => text.slice(at, at + 80);
    if (character === '\\') {
      const line = /^\\[ \t]*\r?\n/.exec(rest());
      if (line) at += line[0].length;
      else {
        add(text[at + 1] ?? '');
        at += 2;
      }
    } else if (character === "'") {
      const end = endAt(text, "'", at + 1);
      add(text.slice(at + 1, end));
      at = end + 1;
    } else if (character === '$' && text[at + 1] === "'") {
      const [value, end] = ansiString(text, at + 2);
      add(value);
      at = end;
    } else if (character === '"') {
      add('');
      at++;
      while (at < text.length && text[at] !== '"') {
        if (text[at] === '\\' && /["\\$`]/.test(text[at + 1] ?? '')) add(text[++at]!);
        else if (text[at] === '\\' && text[at + 1] === '\n') at++;
        else {
          noteVariable(text, at, word!);
          add(text[at]!);
        }
        at++;
      }
      at++;
    } else if (/\s/.test(character)) {
      close();
      const lines = /^\s*/.exec(text.slice(at))![0];
      at += lines.length;
      // A backslash was lost on the way: what goes on with an option is the same command.
      if (lines.includes('\n') && !/^["'\\-]/.test(text.slice(at, at + 1))) break;
    } else if (character === '#' && word === null) {
      at = endAt(text, '\n', at);
    } else if (text.startsWith('<<', at) && text[at + 2] !== '<') {
      close();
      const [value, end] = hereDocument(text, at);
      words.push({ kind: 'input', text: value });
      at = end;
    } else if (/[|;&<>()]/.test(character)) break;
    else {
      noteVariable(text, at, (word ??= { text: '', variables: [] }));
      add(character);
      at++;
    }
  }
  close();
  return [...words, { kind: 'end' }];
}

function noteVariable(text: string, at: number, word: { variables: string[] }): void {
  if (text[at] !== '$') return;
  const name = /^\$\{?([A-Za-z_]\w*)/.exec(text.slice(at, at + 80));
  if (name) word.variables.push(name[1]!);
}

/** Where a character comes next, the text's end where it does not. */
function endAt(text: string, character: string, from: number): number {
  const end = text.indexOf(character, from);
  return end < 0 ? text.length : end;
}

const ANSI: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A string as bash's ANSI-C quoting writes it. @returns its value and where it ends */
function ansiString(text: string, from: number): [value: string, end: number] {
  let value = '';
  /** Bytes written in hex or octal, which together may be one character. */
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) value += decodeUtf8(Uint8Array.from(bytes));
    bytes = [];
  };
  let at = from;
  while (at < text.length && text[at] !== "'") {
    const escape =
      text[at] === '\\'
        ? /^\\(?:x([\da-f]{1,2})|([0-7]{1,3})|u([\da-f]{1,4})|U([\da-f]{1,8})|([\s\S]))/i.exec(
            text.slice(at, at + 10),
          )
        : null;
    if (!escape) {
      flush();
      value += text[at++]!;
      continue;
    }
    const [all, hex, octal, short, long, letter] = escape;
    at += all.length;
    if (hex !== undefined) bytes.push(parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(parseInt(octal, 8) & 255);
    else {
      flush();
      const code = parseInt(short ?? long ?? '', 16);
      if (letter !== undefined) value += ANSI[letter] ?? (/["'?\\]/.test(letter) ? letter : all);
      // Two escapes may be the halves of one character.
      else
        value +=
          code > 0x10ffff
            ? all
            : code > 0xffff
              ? String.fromCodePoint(code)
              : String.fromCharCode(code);
    }
  }
  flush();
  return [value, at + 1];
}

/** `<<EOF` and the lines up to `EOF`. @returns them, and where the rest of the command's own line begins */
function hereDocument(text: string, from: number): [value: string, end: number] {
  const head = /^<<-?[ \t]*(['"]?)(\w+)\1/.exec(text.slice(from, from + 120));
  if (!head) return ['', text.length];
  const start = endAt(text, '\n', from) + 1;
  const lines = text.slice(start).split('\n');
  const last = lines.findIndex((line) => line.trim() === head[2]);
  return [lines.slice(0, last < 0 ? undefined : last).join('\n'), text.length];
}

/** As `cmd.exe` and then the C runtime split a command line. */
function cmdWords(text: string): ShellWord[] {
  const words: ShellWord[] = [];
  const line = withoutCarets(text);
  let at = 0;
  for (;;) {
    while (at < line.length && /[ \t]/.test(line[at]!)) at++;
    if (at >= line.length) break;
    let word = '';
    let inQuotes = false;
    for (; at < line.length; at++) {
      const slashes = /^\\*/.exec(line.slice(at, at + 64))![0].length;
      if (slashes > 0) {
        const quote = line[at + slashes] === '"';
        word += '\\'.repeat(quote ? slashes >> 1 : slashes);
        at += slashes;
        // An odd one escapes the quote.
        if (quote && slashes % 2 === 1) {
          word += '"';
          continue;
        }
        if (at >= line.length) break;
      }
      const character = line[at]!;
      if (character === '"') {
        if (inQuotes && line[at + 1] === '"') word += line[++at]!;
        else inQuotes = !inQuotes;
      } else if (!inQuotes && /[ \t]/.test(character)) break;
      else word += character;
    }
    const variables = [...word.matchAll(/%(\w+)%/g)].map((found) => found[1]!);
    words.push({ kind: 'word', text: word, variables });
  }
  return [...words, { kind: 'end' }];
}

/** What `cmd.exe` makes of a line: a caret escapes what follows, but within quotes that are not escaped. */
function withoutCarets(text: string): string {
  let line = '';
  let inQuotes = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') inQuotes = !inQuotes;
    if (character === '^' && !inQuotes) {
      const end = /^\^\r?\n/.exec(text.slice(at, at + 3));
      if (!end) line += text[++at] ?? '';
      else {
        at += end[0].length - 1;
        // A line end after an escaped one is a line feed of the word.
        const next = /^\r?\n/.exec(text.slice(at + 1, at + 3));
        if (next) {
          line += '\n';
          at += next[0].length;
        }
      }
    } else if (!inQuotes && /[\r\n]/.test(character)) break;
    else if (!inQuotes && /[|&<>]/.test(character)) break;
    else line += character;
  }
  return line;
}
