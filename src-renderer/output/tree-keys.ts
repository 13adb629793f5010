/** What the keys of a tree do. */
export interface TreeActions {
  move(by: 1 | -1): void;
  isOpen: boolean;
  toggle(): void;
  toParent(): void;
  go(): void;
  copyValue(): void;
  copyPointer(): void;
}

/** Runs what a key means in a tree; false where it means nothing. */
export function pressTree(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  actions: TreeActions,
): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  if (key === 'ArrowDown') actions.move(1);
  else if (key === 'ArrowUp') actions.move(-1);
  else if (key === 'ArrowRight') {
    if (!actions.isOpen) actions.toggle();
  } else if (key === 'ArrowLeft') {
    if (actions.isOpen) actions.toggle();
    else actions.toParent();
  } else if (key === 'Enter') actions.go();
  else if (key === 'c') actions.copyValue();
  else if (key === 'p') actions.copyPointer();
  else return false;
  return true;
}
