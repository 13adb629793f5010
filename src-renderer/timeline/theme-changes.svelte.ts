/** Counts changes of the colour scheme: a canvas has to be drawn anew with the other colours. */
export function themeChanges(): { readonly count: number } {
  let count = $state(0);
  $effect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const change = () => count++;
    dark.addEventListener('change', change);
    return () => dark.removeEventListener('change', change);
  });
  return {
    get count() {
      return count;
    },
  };
}
