import { isObject, type JsonObject, stringOf } from '../json.ts';
import type { DialectId, LanePlace } from './dialect.ts';
import { dialectOf } from './dialects.ts';

/** The name of the function that a lane's text calls, '' where it calls none. */
export function functionOf(dialect: DialectId, root: JsonObject | null, lane: LanePlace): string {
  const item = root && dialectOf(dialect).itemOf(root, lane);
  return item ? functionName(item) : '';
}

/** The name of the function that an item calls: in the item, or in the object of the call in it. */
export function functionName(item: JsonObject): string {
  for (const holder of [item, item.function, item.custom, item.functionCall])
    if (isObject(holder) && typeof holder.name === 'string') return stringOf(holder.name);
  return '';
}
