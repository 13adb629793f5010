import { type JsonNode, memberOf, nodeAt, scanJsonText } from './json-text.ts';

/** A value's own text, its lines moved back to the margin. */
export function valueText(text: string, node: Pick<JsonNode, 'start' | 'end'>): string {
  const margin = marginAt(text, node.start);
  const own = text.slice(node.start, node.end);
  return margin === '' ? own : own.replaceAll(`\n${margin}`, '\n');
}

/**
 * The text with another value at a path; objects on the way there are made where they are missing.
 * @param value a JSON text, whose lines are moved to where it stands
 */
export function withValue(
  text: string,
  root: JsonNode,
  path: readonly string[],
  value: string,
): string {
  let node = root;
  for (const [depth, key] of path.entries()) {
    if (node.kind !== 'object')
      return withNode(text, node, wrapped(path.slice(depth), value, indentOf(text, root)));
    const member = memberOf(node, key);
    if (!member)
      return inserted(
        text,
        node,
        key,
        wrapped(path.slice(depth + 1), value, indentOf(text, root)),
        indentOf(text, root),
      );
    node = member.value;
  }
  return withNode(text, node, value);
}

/** The text without the value at a path; every one of equal keys goes. */
export function withoutValue(text: string, path: readonly string[]): string {
  const { root } = scanJsonText(text);
  const holder = root && nodeAt(root, path.slice(0, -1));
  const at = holder?.members.findIndex((member) => member.key === path.at(-1)) ?? -1;
  if (!holder || at < 0) return text;
  const { members } = holder;
  const member = members[at]!;
  const next = members[at + 1];
  const before = members[at - 1];
  const [start, end] = next
    ? [member.keyStart, next.keyStart]
    : before
      ? [before.value.end, member.value.end]
      : [holder.start + 1, holder.end - 1];
  return withoutValue(text.slice(0, start) + text.slice(end), path);
}

/** A value inside an object for each key of a path. */
function wrapped(path: readonly string[], value: string, unit: string): string {
  return path.reduceRight(
    (inner, key) => `{\n${unit}${JSON.stringify(key)}: ${moved(inner, unit)}\n}`,
    value,
  );
}

/** The text with another value in the place of one. @param value a JSON text, whose lines are moved */
export function withNode(text: string, node: JsonNode, value: string): string {
  const margin = marginAt(text, node.start);
  return text.slice(0, node.start) + moved(value, margin) + text.slice(node.end);
}

function inserted(text: string, node: JsonNode, key: string, value: string, unit: string): string {
  const member = `${JSON.stringify(key)}: `;
  const last = node.members.at(-1);
  if (!last) {
    const margin = marginAt(text, node.start);
    const inner = `{\n${margin}${unit}${member}${moved(value, margin + unit)}\n${margin}}`;
    return text.slice(0, node.start) + inner + text.slice(node.end);
  }
  const spread = text.slice(node.start, last.keyStart).includes('\n');
  const margin = marginAt(text, last.keyStart);
  const gap = spread ? `,\n${margin}` : ', ';
  return (
    text.slice(0, last.value.end) + gap + member + moved(value, margin) + text.slice(last.value.end)
  );
}

function moved(value: string, margin: string): string {
  return margin === '' ? value : value.replace(/\n(?=[^\n])/g, `\n${margin}`);
}

/** The white space that the line of an offset starts with. */
function marginAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))![0];
}

/** By what the text indents a level. */
function indentOf(text: string, root: JsonNode): string {
  const first = root.members[0];
  return (first && marginAt(text, first.keyStart)) || '  ';
}
