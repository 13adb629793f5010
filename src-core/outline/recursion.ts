import type { OutlineRow } from './row.ts';

/**
 * Marks the references that lead back to themselves: those in a circle of rows, where a row leads to
 * the rows within it and to what it refers to. (Tarjan's strongly connected components, with a stack
 * of its own; definitions are within nothing.)
 */
export function markRecursion(
  rows: readonly OutlineRow[],
  targets: ReadonlyMap<number, number>,
): void {
  if (targets.size === 0) return;
  const edges = edgesOf(rows, targets);
  const order = new Int32Array(rows.length).fill(-1);
  const low = new Int32Array(rows.length);
  const circle = new Int32Array(rows.length).fill(-1);
  const open: number[] = [];
  let count = 0;
  for (const root of rows.keys()) {
    if (order[root] !== -1) continue;
    const path: { at: number; edge: number }[] = [{ at: root, edge: 0 }];
    while (path.length > 0) {
      const top = path.at(-1)!;
      const { at } = top;
      if (top.edge === 0) {
        order[at] = low[at] = count++;
        open.push(at);
      }
      const goal = edges[at]![top.edge++];
      if (goal !== undefined) {
        if (order[goal] === -1) path.push({ at: goal, edge: 0 });
        else if (circle[goal] === -1) low[at] = Math.min(low[at]!, order[goal]!);
        continue;
      }
      path.pop();
      const around = path.at(-1);
      if (around) low[around.at] = Math.min(low[around.at]!, low[at]!);
      if (low[at] !== order[at]) continue;
      for (;;) {
        const member = open.pop()!;
        circle[member] = at;
        if (member === at) break;
      }
    }
  }
  for (const [from, to] of targets)
    if (circle[from] === circle[to]) rows[from]!.reference!.isRecursive = true;
}

function edgesOf(rows: readonly OutlineRow[], targets: ReadonlyMap<number, number>): number[][] {
  const edges: number[][] = rows.map(() => []);
  for (const { index, parent, kind } of rows)
    if (parent >= 0 && kind !== 'definition' && kind !== 'definitions') edges[parent]!.push(index);
  for (const [from, to] of targets) edges[from]!.push(to);
  // Where nothing is left to do, an edge that isn't there ends it.
  return edges;
}
