import { keysOfPointer } from '../growing/pointer.ts';
import { LANE_KINDS, type LaneKind } from '../index/batch.ts';
import type { LanePlace } from './lane-address.ts';

/** What is watched, as it was read from an expression. */
export type WatchExpression =
  /** A place in the snapshot. */
  | { kind: 'pointer'; keys: string[] }
  /** A JSONPath query of the snapshot (RFC 9535), not read yet. */
  | { kind: 'query'; query: string }
  /** A lane's text, or a place in the JSON document that the text is. */
  | { kind: 'lane'; place: LanePlace; keys: string[] | null };

/** What is wrong with an expression, and where: UTF-16 offsets. */
export interface WatchFault {
  /** One sentence without a full stop. */
  message: string;
  start: number;
  end: number;
}

export type ParsedWatch =
  { ok: true; expression: WatchExpression } | { ok: false; error: WatchFault };

const LANE = /^lane:(\d{1,9})(?:\/(\d{1,9}))?(?::([^#]*))?(?:#(.*))?$/s;

/**
 * Reads an expression: a JSON pointer (`/output/0/status`), a JSONPath (`$.output[*].status`), a lane
 * (`lane:0/0`, `lane:1`, with its kind `lane:0/0:refusal`), or a JSON pointer into a lane's own
 * document (`lane:0/0#/age`).
 */
export function parseWatch(text: string): ParsedWatch {
  if (text.trim() === '')
    return fault('a watch needs a JSON pointer, a JSONPath or a lane', 0, text.length);
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  if (trimmed.startsWith('/')) {
    const keys = keysOfPointer(trimmed);
    if (!keys) return pointerFault(trimmed, start);
    return { ok: true, expression: { kind: 'pointer', keys } };
  }
  if (trimmed.startsWith('$')) return { ok: true, expression: { kind: 'query', query: trimmed } };
  if (trimmed.startsWith('lane:')) return parseLane(trimmed, start);
  const pointer = /^[\w-]+(\/[\w-]+)+$/.test(trimmed) ? `, as in /${trimmed}` : '';
  return fault(
    `a watch begins with "/" (a JSON pointer${pointer}), with "$" (a JSONPath) or with "lane:"`,
    start,
    start + trimmed.length,
  );
}

function parseLane(text: string, start: number): ParsedWatch {
  const match = LANE.exec(text);
  if (!match) {
    const from = start + 'lane:'.length;
    return fault(
      'a lane is named by its output index and the index within it, as in lane:0/0 or lane:1',
      Math.min(from, start + text.length - 1),
      start + text.length,
    );
  }
  const [, output, sub, kind, pointer] = match;
  if (kind !== undefined && !isLaneKind(kind)) {
    const at = start + text.indexOf(':', 'lane:'.length) + 1;
    return fault(
      `a lane's kind is one of ${LANE_KINDS.join(', ')}`,
      kind === '' ? at - 1 : at,
      at + kind.length,
    );
  }
  const keys = pointer === undefined ? null : keysOfPointer(pointer);
  if (pointer !== undefined && !keys)
    return pointerFault(pointer, start + text.length - pointer.length);
  return {
    ok: true,
    expression: {
      kind: 'lane',
      place: {
        outputIndex: Number(output),
        subIndex: sub === undefined ? -1 : Number(sub),
        kind: kind ?? null,
      },
      keys,
    },
  };
}

function isLaneKind(kind: string): kind is LaneKind {
  return (LANE_KINDS as readonly string[]).includes(kind);
}

function pointerFault(pointer: string, start: number): ParsedWatch {
  const end = start + pointer.length;
  if (!pointer.startsWith('/'))
    return fault('a JSON pointer begins with "/", as in lane:0/0#/name', start, end);
  const at = start + /~(?![01])/.exec(pointer)!.index;
  return fault('in a JSON pointer "~" is written ~0 and "/" inside a key ~1', at, at + 1);
}

function fault(message: string, start: number, end: number): ParsedWatch {
  return { ok: false, error: { message, start, end } };
}
