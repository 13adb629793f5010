import { describe, expect, test } from 'vitest';
import { RULE_COLORS } from '../src-ipc/contract.ts';
import css from './theme.css?raw';

const split = css.indexOf('@media (prefers-color-scheme: dark)');
const colorsOf = (block: string) =>
  Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]),
  );
const light = colorsOf(css.slice(0, split));
const dark = { ...light, ...colorsOf(css.slice(split)) };

/** Relative luminance and contrast as WCAG 2.1 defines them. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

const surfaces = ['', '-raised', '-sunken', '-hover', '-selected'].map((name) => `surface${name}`);

const rules = RULE_COLORS.map((color) => `rule-${color}`);

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_name, colors) => {
  test.each([...surfaces, ...rules, 'stall', 'fragment-now', 'fragment-hovered'])(
    'text on %s keeps 4.5:1',
    (surface) => {
      const texts = Object.keys(colors).filter((name) =>
        /^(text|kind|json|good|warn|bad|breakpoint|accent$)/.test(name),
      );
      expect(texts.length).toBeGreaterThan(18);
      const weak = texts.filter((name) => contrast(colors[name]!, colors[surface]!) < 4.5);
      expect(weak).toEqual([]);
    },
  );

  test('the mark of a rule stands out from its row and the list', () => {
    const weak = rules.filter((rule) =>
      [rule, 'surface'].some((surface) => contrast(colors[`${rule}-mark`]!, colors[surface]!) < 3),
    );
    expect(weak).toEqual([]);
  });
});
