import type { CapturedRequest } from '../capture.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { isSecretName, REDACTED } from '../redaction/secret-names.ts';
import { shellQuoted } from './curl.ts';
import type { RequestLanguage } from './parts.ts';
import { pythonLiteral } from './python.ts';
import { typescriptLiteral } from './typescript.ts';

/** They are made when a request is sent, say what a program could not read, or tell of the client itself. */
const LEFT_OUT =
  /^(:.*|host|content-length|connection|keep-alive|transfer-encoding|accept-encoding|te|upgrade|expect|proxy-.*|sec-fetch-.*|x-stainless-.*)$/i;
/** The official clients of OpenAI, whatever address they are told. */
const OPENAI_CLIENT = /^(Async)?OpenAI\//;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Text, with values in it that are read from the environment. */
type Part = { text: string } | { variable: string };

interface Parts {
  method: string;
  url: Part[];
  headers: [name: string, value: Part[]][];
  body: string;
}

/**
 * Code that sends a captured request once more and prints what comes back, with nothing but curl, Python's own
 * library or `fetch`. Secrets, and what was struck out of the headers and the address, are read from environment
 * variables; what was struck out of the body stays struck out.
 */
export function capturedRequestCode(language: RequestLanguage, request: CapturedRequest): string {
  const parts = partsOf(request);
  return { curl: curlOf, python: pythonOf, typescript: typescriptOf }[language](parts);
}

function partsOf({ method, url, headers, body }: CapturedRequest): Parts {
  const sent = headers.filter(([name]) => HEADER_NAME.test(name) && !LEFT_OUT.test(name));
  const isOpenAi =
    /(^|\.)openai\.com$/.test(hostOf(url)) ||
    headers.some(([name, value]) => /^user-agent$/i.test(name) && OPENAI_CLIENT.test(value));
  return {
    method: /^[A-Za-z]{1,20}$/.test(method) ? method : 'POST',
    url: urlParts(url),
    headers: sent.map(([name, value]) => [name, headerParts(name, value, isOpenAi)]),
    body,
  };
}

/** Only our own mark is what was struck out: clients send asterisks themselves (`accept-language: *`). */
function headerParts(name: string, value: string, isOpenAi: boolean): Part[] {
  if (!isSecretName(name) && value !== REDACTED) return [{ text: value }];
  const variable = variableOf(name, isOpenAi);
  return name.toLowerCase() === 'authorization'
    ? [{ text: 'Bearer ' }, { variable }]
    : [{ variable }];
}

/** As the official clients call them. */
function variableOf(name: string, isOpenAi: boolean): string {
  const known: Record<string, string> = {
    authorization: isOpenAi ? 'OPENAI_API_KEY' : 'API_KEY',
    'x-api-key': 'ANTHROPIC_API_KEY',
    'api-key': 'AZURE_OPENAI_API_KEY',
    'x-goog-api-key': 'GEMINI_API_KEY',
    key: 'GEMINI_API_KEY',
    'openai-organization': 'OPENAI_ORG_ID',
    'openai-project': 'OPENAI_PROJECT_ID',
  };
  const own = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return known[name.toLowerCase()] ?? (/^[A-Z]/.test(own) ? own : `X_${own}`);
}

/** What stands for a secret of the query is read from the environment; a user and password stay out. */
function urlParts(url: string): Part[] {
  const parts: Part[] = [];
  const plain = url.replace(/^(\w+:\/\/)[^/?#]*@/, '$1');
  let at = 0;
  for (const { 0: all, 1: name = '', index } of plain.matchAll(
    /[?&]([^=&#]+)=redacted(?=&|#|$)/g,
  )) {
    const end = index + all.length;
    parts.push(
      { text: plain.slice(at, end - 'redacted'.length) },
      { variable: variableOf(name, false) },
    );
    at = end;
  }
  return [...parts, { text: plain.slice(at) }].filter(
    (part) => !('text' in part) || part.text !== '',
  );
}

function hostOf(url: string): string {
  return /^\w+:\/\/(?:[^/?#]*@)?([^/:?#]*)/.exec(url)?.[1] ?? '';
}

function curlOf({ method, url, headers, body }: Parts): string {
  const word = (parts: readonly Part[]) =>
    parts
      .map((part) =>
        'text' in part ? (part.text === '' ? '' : shellQuoted(part.text)) : `"$${part.variable}"`,
      )
      .join('') || "''";
  const lines = [
    `curl --no-buffer --request ${method} ${word(url)}`,
    // A header without a value is told with a semicolon.
    ...headers.map(
      ([name, value]) =>
        `  --header ${word(textOf(value) === '' ? [{ text: `${name};` }] : named(name, value))}`,
    ),
    ...(body === '' ? [] : [`  --data-raw ${shellQuoted(body)}`]),
  ];
  return `${lines.join(' \\\n')}\n`;
}

/** A header as one text as far as it is one, so that it is one word in quotes. */
function named(name: string, [first, ...rest]: readonly Part[]): Part[] {
  return first && 'text' in first
    ? [{ text: `${name}: ${first.text}` }, ...rest]
    : [{ text: `${name}: ` }, ...(first ? [first] : []), ...rest];
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => ('text' in part ? part.text : part.variable)).join('');
}

function pythonOf({ method, url, headers, body }: Parts): string {
  const value = (parts: readonly Part[]) =>
    parts
      .map((part) => ('text' in part ? pythonLiteral(part.text) : `os.environ["${part.variable}"]`))
      .join(' + ');
  const json = jsonOf(body);
  const data = json
    ? `json.dumps(${pythonLiteral(json).replaceAll('\n', '\n    ')}).encode()`
    : `${pythonLiteral(body)}.encode()`;
  return [
    'import json',
    'import os',
    'import sys',
    'import urllib.request',
    '',
    'request = urllib.request.Request(',
    `    ${value(url)},`,
    `    method="${method}",`,
    '    headers={',
    ...headers.map(([name, parts]) => `        ${pythonLiteral(name)}: ${value(parts)},`),
    '    },',
    ...(body === '' ? [] : [`    data=${data},`]),
    ')',
    'with urllib.request.urlopen(request) as response:',
    '    for line in response:',
    '        sys.stdout.buffer.write(line)',
    '        sys.stdout.flush()',
    '',
  ].join('\n');
}

function typescriptOf({ method, url, headers, body }: Parts): string {
  const value = (parts: readonly Part[]) =>
    parts
      .map((part) =>
        'text' in part ? typescriptLiteral(part.text) : `process.env.${part.variable}`,
      )
      .join(' + ');
  const text = (parts: readonly Part[]) =>
    parts.length === 1 && 'variable' in parts[0]! ? `${value(parts)} ?? ''` : value(parts);
  const json = jsonOf(body);
  const data = json
    ? `JSON.stringify(${typescriptLiteral(json).replaceAll('\n', '\n  ')})`
    : typescriptLiteral(body);
  return [
    `const response = await fetch(${text(url)}, {`,
    `  method: '${method}',`,
    '  headers: {',
    ...headers.map(([name, parts]) => `    ${typescriptLiteral(name)}: ${text(parts)},`),
    '  },',
    ...(body === '' ? [] : [`  body: ${data},`]),
    '});',
    'for await (const bytes of response.body ?? []) process.stdout.write(bytes);',
    '',
  ].join('\n');
}

/** A body that is the same when it is printed again; null where it is no JSON object, or would lose digits. */
function jsonOf(body: string): JsonObject | null {
  const value = parseJson(body);
  return isObject(value) && !/\d{16}|"__proto__"/.test(body) ? value : null;
}
