import { isObject, type JsonObject, stringOf } from '../../json.ts';
import type { LanePlace, ReduceState } from '../dialect.ts';
import { objectAt } from '../facts.ts';
import { compact } from '../line.ts';

/** The block an event is about, null where none stands there. */
export function blockAt(root: JsonObject | null, at: number): JsonObject | null {
  return objectAt(root?.content, at);
}

/** A block that is a tool's call, of the client's, the server's or an MCP server's. */
export function isCall(block: JsonObject): boolean {
  return stringOf(block.type).endsWith('tool_use');
}

/** The lane of a block's text: its input where it is a call. */
export function laneOf(block: JsonObject, at: number): LanePlace {
  const place = { outputIndex: at, subIndex: -1 };
  if (block.type === 'mcp_tool_use') return { kind: 'mcp_arguments', ...place };
  if (isCall(block)) return { kind: 'function_arguments', ...place };
  if (block.type === 'thinking') return { kind: 'reasoning_text', ...place };
  // What the model made of a conversation that was too long.
  if (block.type === 'compaction') return { kind: 'reasoning_summary', ...place };
  return { kind: 'output_text', ...place };
}

/** The member of a block that its deltas append to. */
const texts: Record<string, string> = { text: 'text', thinking: 'thinking', compaction: 'content' };

/** Puts a block in its place, with what it brings of its text in its lane. */
export function startBlock(block: JsonObject, at: number, state: ReduceState): void {
  const path = ['content', at];
  const member = texts[stringOf(block.type)];
  const text = member === undefined ? '' : stringOf(block[member]);
  if (member === undefined || text === '') state.set(path, block);
  else {
    state.set(path, { ...block, [member]: '' });
    state.text(laneOf(block, at), [...path, member], text);
  }
  // Input that comes with the block (a tool called by code) is whole.
  if (isCall(block) && isObject(block.input) && Object.keys(block.input).length > 0)
    state.text(laneOf(block, at), null, compact(block.input));
}
