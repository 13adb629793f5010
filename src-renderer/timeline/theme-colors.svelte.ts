/**
 * The variables of the theme for a canvas, which has to be drawn anew when the colour scheme
 * changes: whoever reads a colour is told. Made in a component.
 */
export function themeColors(): { color(name: string): string } {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const read = () => {
    const style = getComputedStyle(document.documentElement);
    const known = new Map<string, string>();
    return (name: string) => {
      let value = known.get(name);
      if (value === undefined) known.set(name, (value = style.getPropertyValue(name)));
      return value;
    };
  };
  let color = $state.raw(read());
  $effect(() => {
    const change = () => (color = read());
    dark.addEventListener('change', change);
    return () => dark.removeEventListener('change', change);
  });
  return {
    get color() {
      return color;
    },
  };
}
