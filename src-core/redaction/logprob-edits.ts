import { type JsonNode, memberOf, scanJsonText } from '../json-text.ts';
import { parseJson, stringOf } from '../json.ts';
import type { TextEdit } from './edits.ts';
import { type Fragment, spansOfFragments } from './lane-spans.ts';
import { joinedSpans, type Span } from './spans.ts';
import type { TextMatcher } from './text-matcher.ts';

/**
 * Log probabilities repeat a text token by token, each with its bytes and with others that were likely. Where a
 * token has part in what is struck out of the text, it and all that is said of it is struck out as well.
 * @param data of an event
 * @param fragments what is struck out of the texts that it wrote
 */
export function logprobEdits(
  data: string,
  matcher: TextMatcher,
  fragments: readonly Fragment[],
): TextEdit[] {
  if (!data.includes('"token"')) return [];
  const { root } = scanJsonText(data);
  const edits: TextEdit[] = [];
  const rest: JsonNode[] = root ? [root] : [];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.kind === 'array' && isTokens(node)) tokensEdits(data, node, matcher, fragments, edits);
    else rest.push(...node.items, ...node.members.map(({ value }) => value));
  }
  return edits;
}

function isTokens({ items }: JsonNode): boolean {
  return (
    items.length > 0 &&
    items.every(
      (item) => item.kind === 'object' && memberOf(item, 'token')?.value.kind === 'string',
    )
  );
}

function tokensEdits(
  data: string,
  { items }: JsonNode,
  matcher: TextMatcher,
  fragments: readonly Fragment[],
  edits: TextEdit[],
): void {
  const tokens = items.map((item) => valueOf(data, memberOf(item, 'token')!.value));
  const text = tokens.join('');
  const own = spansOfFragments(fragments, text);
  // Tokens that are not the text may be a part of it: then nothing tells which.
  const spans: Span[] =
    fragments.length > 0 && own.length === 0
      ? [{ from: 0, to: text.length, class: fragments[0]!.spans[0]!.class }]
      : joinedSpans([...matcher.spans(text), ...own]);
  let at = 0;
  for (const [row, token] of tokens.entries()) {
    const from = at;
    at += token.length;
    if (spans.some((span) => span.from < at && from < span.to)) strikeAll(data, items[row]!, edits);
  }
}

function valueOf(data: string, node: JsonNode): string {
  return stringOf(parseJson(data.slice(node.start, node.end)));
}

/** Asterisks for each token within, and their code for each byte. */
function strikeAll(data: string, item: JsonNode, edits: TextEdit[]): void {
  for (const { key, value } of item.members) {
    if (key === 'token' && value.kind === 'string') {
      const length = valueOf(data, value).length;
      edits.push({ start: value.start + 1, end: value.end - 1, text: '*'.repeat(length) });
    } else if (key === 'bytes' && value.kind === 'array') {
      for (const { start, end } of value.items) edits.push({ start, end, text: '42' });
    } else if (value.kind === 'array' && isTokens(value))
      for (const inner of value.items) strikeAll(data, inner, edits);
  }
}
