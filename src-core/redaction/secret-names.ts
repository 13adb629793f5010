/** What stands for a secret wherever a request or an endpoint is kept or shown. */
export const REDACTED = '•••';

const SECRET_NAME = /key|token|secret|auth|cookie|passw|passphrase|credential|bearer|jwt/i;

/** Whether the value of a header, or of a parameter in a query, of that name is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Members of request bodies whose names only look like a secret's; those with numbers are none anyway. */
const NO_SECRET =
  /^(prompt_cache_key|keys?|.*_keys|key(word|board|frame).*|authors?|tokenizer|.*_tokens)$/i;

/** Whether a string of a request's body, of that name, is a secret: `authorization` of an MCP tool, `api_key`. */
export function isSecretMember(name: string): boolean {
  return isSecretName(name) && !NO_SECRET.test(name);
}

/** Parameters of a query that are secrets by another name: Azure's signed URLs, codes of OAuth. */
export function isSecretParameter(name: string): boolean {
  return isSecretName(name) || /^(sig|signature|code)$/i.test(name);
}
