import type { DialectId } from '../dialects/dialect.ts';
import { PATHS_OF, isSamePath } from './api-path.ts';
import type { BodyFacts } from './body-facts.ts';
import { bodyDifference, hasSameBody } from './body-match.ts';
import type { Matching } from './matching.ts';
import type { RequestFacts } from './request-facts.ts';

/** What a recording is an answer of: its request, or what its events say of it. */
export type AnswerOf =
  | { kind: 'request'; facts: RequestFacts }
  /** Only the answer is known; `plain`: not even its API. */
  | ({ kind: 'stream' } & BodyFacts);

/** Why a recording is not what is asked for. */
export interface Miss {
  /** How far it is from that: what weighs most is that it is of another path. */
  distance: number;
  /** In words that follow the recording's name and a colon. Worked out when it is asked for. */
  reason(): string;
}

/** What dated models end with: `-2024-07-18`, `-20250929`, `-0125`, `@20241022`. */
const DATE = /^[-@](?:\d{4}-\d{2}-\d{2}|\d{4,8})$/;

const WEIGHT = { path: 16, method: 8, streams: 4, model: 2, body: 1 };
type Part = readonly [weight: number, reason: () => string];

/**
 * Why a recording is not the answer of a request, null where it is: all that is switched on has to be the same.
 * `path` means streamed or not as well, which some APIs have in their path. What a recording does not say (the
 * model of a request without a body) is not compared; of a stream without a request the path and the method of
 * its API are. Bodies are compared where nothing else differs.
 */
export function missOf(asked: RequestFacts, answer: AnswerOf, matching: Matching): Miss | null {
  const parts =
    answer.kind === 'request'
      ? requestParts(asked, answer.facts, matching)
      : streamParts(asked, answer.dialect, matching);
  if (parts.length === 0) return null;
  return {
    distance: parts.reduce((sum, [weight]) => sum + weight, 0),
    reason: () => parts.map(([, reason]) => reason()).join('; '),
  };
}

/**
 * Whether a recording that matches is of the model asked for, as far as it is known. A stream without a request
 * names the model that answered, which may be the dated one of what was asked for (`gpt-4o-mini-2024-07-18`); it
 * answers other models too, but those that are of this one come first.
 */
export function isOfModel({ model }: RequestFacts, answer: AnswerOf): boolean {
  if (answer.kind === 'request') return answer.facts.model !== null;
  if (!model || !answer.model.startsWith(model)) return false;
  const rest = answer.model.slice(model.length);
  return rest === '' || DATE.test(rest);
}

function requestParts(asked: RequestFacts, recorded: RequestFacts, matching: Matching): Part[] {
  const parts: Part[] = [];
  if (matching.path && !isSamePath(asked.path, recorded.path))
    parts.push([
      WEIGHT.path,
      () => `asks for /${asked.path.whole}, recorded for /${recorded.path.whole}`,
    ]);
  if (matching.method && !isSameMethod(asked.method, recorded.method))
    parts.push([
      WEIGHT.method,
      () => `asks with ${asked.method}, recorded with ${recorded.method}`,
    ]);
  const { streams } = recorded;
  if (matching.path && streams !== null && (asked.streams ?? false) !== streams)
    parts.push([WEIGHT.streams, () => streamsReason(streams)]);
  if (matching.model && recorded.model !== null && (asked.model ?? '') !== recorded.model)
    parts.push([
      WEIGHT.model,
      () => `asks for ${shownModel(asked.model)}, recorded with ${shownModel(recorded.model)}`,
    ]);
  if (parts.length === 0 && !hasSameBody(asked, recorded, matching))
    parts.push([WEIGHT.body, () => bodyDifference(asked, recorded, matching)]);
  return parts;
}

function streamParts(asked: RequestFacts, dialect: DialectId, matching: Matching): Part[] {
  const parts: Part[] = [];
  const paths = PATHS_OF[dialect];
  if (paths.length === 0) return parts;
  if (
    matching.path &&
    !paths.some((tail) => isSamePath(asked.path, { tail, whole: tail, model: '' }))
  )
    parts.push([
      WEIGHT.path,
      () => `asks for /${asked.path.whole}, is an answer of /${paths.join(' or /')}`,
    ]);
  if (matching.method && asked.method !== 'POST')
    parts.push([WEIGHT.method, () => `asks with ${asked.method}, is an answer of POST`]);
  if (matching.path && !asked.streams) parts.push([WEIGHT.streams, () => streamsReason(true)]);
  return parts;
}

/** HEAD asks for what GET brings, less its body (RFC 9110, 9.3.2). */
function isSameMethod(asked: string, recorded: string): boolean {
  return asked === recorded || (asked === 'HEAD' && recorded === 'GET');
}

function streamsReason(recorded: boolean): string {
  return recorded
    ? 'asks for no stream ("stream": true is missing), recorded as a stream'
    : 'asks for a stream, recorded without one';
}

function shownModel(model: string | null): string {
  return model === null || model === '' ? 'no model' : `model ${model.slice(0, 100)}`;
}
