import type { RequestParts } from './parts.ts';

/**
 * The request as a command line of a POSIX shell, the body as one word of it. Linux takes 128 KiB a word.
 */
export function curlCode({ form, request, baseUrl }: RequestParts): string {
  const path = form === 'chat' ? '/chat/completions' : '/responses';
  const body = JSON.stringify({ ...request, stream: true }, null, 2);
  return [
    `curl --no-buffer ${shellQuoted(baseUrl + path)} \\`,
    `  -H "Authorization: Bearer $OPENAI_API_KEY" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${shellQuoted(body)}`,
    '',
  ].join('\n');
}

/** One word of a POSIX shell: within single quotes nothing but the quote itself has a meaning. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
