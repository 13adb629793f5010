import { isObject, parseJson } from '../json.ts';
import { curlCode } from './curl.ts';
import type { RequestForm, RequestLanguage } from './parts.ts';
import { pythonCode } from './python.ts';
import { typescriptCode } from './typescript.ts';

export interface RequestCode {
  language: RequestLanguage;
  form: RequestForm;
  /** The body in that form as a JSON text: `schemaRequest`. */
  body: string;
  /** Of the endpoint. */
  baseUrl: string;
}

/**
 * Code that sends a request and prints the output as it streams. The key is read from an environment
 * variable where the code runs (`keyVariable`); a name and password in the endpoint's address stay out.
 * Null where the body is no JSON object.
 */
export function requestCode({ language, form, body, baseUrl }: RequestCode): string | null {
  const parsed = parseJson(body);
  if (!isObject(parsed)) return null;
  const { stream: _stream, ...request } = parsed;
  const address = baseUrl.replace(/^(https?:\/\/)[^/?#]*@/i, '$1').replace(/\/+$/, '');
  const parts = { form, request, baseUrl: address };
  if (language === 'curl') return curlCode(parts);
  return language === 'python' ? pythonCode(parts) : typescriptCode(parts);
}
