import { escapeKey } from '../growing/pointer.ts';
import { scanJsonText } from '../json-text.ts';
import { type TreeNode, treeOf } from '../strict-schema/json-tree.ts';
import { type FoundSchema, ownText } from './found-schema.ts';

/** An object with the pointer to it. */
interface Part {
  node: TreeNode;
  pointer: string;
}

/**
 * The schemas of a request or a response: formats of the output first, then functions. Understood are the
 * bodies of Responses and Chat Completions, of Anthropic, Gemini (JSON Schema only) and Ollama, events
 * that carry a response, and lists of tools, those of MCP included.
 */
export function schemasIn(source: string, root: TreeNode): FoundSchema[] {
  const found: FoundSchema[] = [];
  const take = (kind: FoundSchema['kind'], holder: Part, key: string, isStrict: boolean): void => {
    const schema = holder.node.get(key);
    if (schema?.kind !== 'object') return;
    const strict = holder.node.get('strict')?.scalar;
    found.push({
      kind,
      name: holder.node.string('name') ?? '',
      description: holder.node.string('description') ?? '',
      strict: typeof strict === 'boolean' ? strict : isStrict,
      text: ownText(source, schema),
      pointer: `${holder.pointer}/${key}`,
    });
  };
  const body: Part = { node: root, pointer: '' };
  for (const holder of [body, at(body, 'response'), at(body, 'result')]) {
    if (!holder) continue;
    for (const keys of FORMATS) {
      const format = at(holder, ...keys);
      if (format) take('format', format, 'schema', false);
    }
    const config = at(holder, 'generationConfig');
    if (config) take('format', config, 'responseJsonSchema', true);
    if (at(holder, 'format', 'properties')) take('format', holder, 'format', true);
    for (const tool of partsOf(at(holder, 'tools'))) {
      takeTool(tool, take);
      for (const key of ['functionDeclarations', 'function_declarations'])
        for (const one of partsOf(at(tool, key))) take('tool', one, 'parametersJsonSchema', false);
    }
  }
  if (root.kind === 'array') for (const tool of partsOf(body)) takeTool(tool, take);
  return found;
}

/** Where an object with a `schema` stands. */
const FORMATS = [
  ['text', 'format'],
  ['response_format', 'json_schema'],
  ['response_format'],
  ['output_config', 'format'],
  ['output_format'],
] as const;

/** A function in any of the forms that APIs have for it. */
function takeTool(
  tool: Part,
  take: (kind: 'tool', holder: Part, key: string, isStrict: boolean) => void,
): void {
  // The Responses API makes functions strict that don't say; Chat Completions doesn't.
  take('tool', tool, 'parameters', true);
  take('tool', tool, 'input_schema', false);
  take('tool', tool, 'inputSchema', false);
  const inner = at(tool, 'function');
  if (inner) take('tool', inner, 'parameters', false);
}

/** The object or array below an object; null where there is none. */
function at(part: Part, ...keys: string[]): Part | null {
  let { node, pointer } = part;
  for (const key of keys) {
    const next = node.get(key);
    if (!next || next.kind === 'scalar') return null;
    node = next;
    pointer += `/${escapeKey(key)}`;
  }
  return { node, pointer };
}

function partsOf(list: Part | null): Part[] {
  if (list?.node.kind !== 'array') return [];
  return list.node.entries.map(({ node }, index) => ({
    node,
    pointer: `${list.pointer}/${index}`,
  }));
}

/** A schema of a capture, and which side of the exchange it was found on. */
export interface CapturedSchema extends FoundSchema {
  side: 'request' | 'response';
}

/**
 * The schemas of a capture: those of the request's body, with its very characters; of what the request
 * doesn't have, those that the response repeats.
 * @param response the data of an event that carries the response, a JSON text
 */
export function schemasOfCapture(body: string | null, response: string | null): CapturedSchema[] {
  const of = (text: string | null, side: CapturedSchema['side']): CapturedSchema[] => {
    const { root } = scanJsonText(text ?? '');
    if (!root) return [];
    return schemasIn(text!, treeOf(text!, root)).map((one) => ({ ...one, side }));
  };
  const asked = of(body, 'request');
  const known = new Set(asked.map(keyOf));
  const repeated = of(response, 'response').filter((one) => !known.has(keyOf(one)));
  return [...asked, ...repeated].sort((one, other) => RANKS[one.kind] - RANKS[other.kind]);
}

const RANKS = { format: 0, tool: 1 };

function keyOf({ kind, name }: FoundSchema): string {
  return `${kind} ${kind === 'tool' ? name : ''}`;
}
