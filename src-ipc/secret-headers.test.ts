import { expect, test } from 'vitest';
import { isSecretName } from './secret-headers.ts';

test.each(['Authorization', 'x-api-key', 'Cookie', 'password', 'X-Amz-Credential', 'id_jwt'])(
  '%s names a secret',
  (name) => expect(isSecretName(name)).toBe(true),
);

test.each(['content-type', 'user-agent', 'x-request-id', 'signature'])('%s names none', (name) =>
  expect(isSecretName(name)).toBe(false),
);
