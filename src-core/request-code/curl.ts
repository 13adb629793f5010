import { addressOf, API_FACTS } from '../apis.ts';
import { keyVariable, type RequestParts } from './parts.ts';

/**
 * The request as a command line of a POSIX shell, the body as one word of it. Linux takes 128 KiB a word.
 */
export function curlCode({ form, request, baseUrl }: RequestParts): string {
  const key = keyVariable(form);
  const header = form === 'messages' ? `"x-api-key: $${key}"` : `"Authorization: Bearer $${key}"`;
  const fixed = API_FACTS[form].headers.map(([name, value]) => `  -H '${name}: ${value}' \\`);
  const body = JSON.stringify({ ...request, stream: true }, null, 2);
  return [
    `curl --no-buffer ${shellQuoted(addressOf(baseUrl, form))} \\`,
    `  -H ${header} \\`,
    ...fixed,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${shellQuoted(body)}`,
    '',
  ].join('\n');
}

/** One word of a POSIX shell: within single quotes nothing but the quote itself has a meaning. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
