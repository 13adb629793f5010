/**
 * What is struck out of a capture before it leaves the machine, by class. Secrets are keys, tokens, passwords
 * and cookies; `organisation` are organisations, projects, accounts and tenants; `user` are end users, their
 * addresses, and what folders of this machine are called; `email` are addresses of mail.
 */
export const REDACTION_CLASSES = ['secret', 'organisation', 'user', 'email'] as const;
export type RedactionClass = (typeof REDACTION_CLASSES)[number];

/** What people call the classes. */
export const REDACTION_TITLES: Readonly<Record<RedactionClass | 'custom', string>> = {
  secret: 'Keys, tokens, cookies and passwords',
  organisation: 'Organisations, projects and accounts',
  user: 'Users',
  email: 'E-mail addresses',
  custom: 'Own patterns',
};

/** A text that a person wants struck out, or a regular expression (ECMAScript, with the flags `g` and `u`). */
export interface CustomPattern {
  kind: 'text' | 'regex';
  pattern: string;
}

export interface RedactionOptions extends Readonly<Record<RedactionClass, boolean>> {
  custom: readonly CustomPattern[];
}

/** What is struck out unless somebody chose otherwise. */
export const DEFAULT_REDACTION: RedactionOptions = {
  secret: true,
  organisation: true,
  user: true,
  email: false,
  custom: [],
};

/** Nothing but what a capture never holds: the values of secret headers. */
export const NO_REDACTION: RedactionOptions = {
  secret: false,
  organisation: false,
  user: false,
  email: false,
  custom: [],
};
