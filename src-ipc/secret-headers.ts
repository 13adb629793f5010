export { isSecretName, REDACTED } from '../src-core/redaction/secret-names.ts';
