import type { RedactionClass } from './options.ts';

/**
 * What values of a class look like, wherever they stand. Repetitions are bounded and begin at a word's edge, so
 * that each reads a text in time that is linear in it.
 */
export const VALUE_FORMS: readonly (readonly [RedactionClass, RegExp])[] = [
  // Keys by their prefixes: OpenAI, Anthropic, Groq, xAI, Perplexity, Hugging Face, GitHub, NVIDIA, Slack, AWS, Google.
  [
    'secret',
    /\b(?:(?:sk|pk|rk|ek|gsk|xai|pplx|hf|ghp|gho|ghs|nvapi|xox[abprs])[-_]|github_pat_)(?=[\w-]{0,80}\d)[\w-]{12,400}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{20,60}|\bya29\.[\w-]{20,400}/g,
  ],
  // A token as a header has it.
  ['secret', /(?<=\b[Bb]earer )(?=[\w.~+/-]{0,60}\d)[\w.~+/-]{12,2000}={0,2}/g],
  // A user and a password as a header has them, in base64.
  ['secret', /(?<=\b[Bb]asic )(?=[A-Za-z+/]{0,80}[\d=])[A-Za-z0-9+/]{10,2000}={0,2}/g],
  // JSON Web Tokens (RFC 7519), compact: three parts, the first of which is JSON.
  ['secret', /\beyJ[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{10,1000}/g],
  ['organisation', /\b(?:org|proj)[-_](?=\w{0,40}\d)[A-Za-z0-9]{12,60}\b/g],
  ['user', /\buser-(?=\w{0,40}\d)[A-Za-z0-9]{12,60}\b/g],
  ['email', /(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b/g],
];
