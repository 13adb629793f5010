/** What stands for a secret wherever a request or an endpoint is kept or shown. */
export const REDACTED = '•••';

const SECRET_NAME = /key|token|secret|auth|cookie|passw|passphrase|credential|bearer|jwt/i;

/** Whether the value of a header, or of a parameter in a query, of that name is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}
