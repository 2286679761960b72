import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../src/ui/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)').map(String);

/** PRODUCT.md, elder-friendly: every text pair. */
const LEAST = 7;
const PAIRS: [text: string, ground: string][] = [
  ...['ink', 'second', 'red', 'green', 'amber'].flatMap((text): [string, string][] => [
    [text, 'paper'],
    [text, 'sheet'],
  ]),
  ['ink', 'amber-ground'],
  ['paper', 'red'],
  ['paper', 'red-pressed'],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, theme) => {
  it.each(PAIRS)('%s on %s is at least 7:1', (text, ground) => {
    expect(contrast(colour(theme, text), colour(theme, ground))).toBeGreaterThanOrEqual(LEAST);
  });
});

function colour(theme: string, name: string): string {
  const value = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(theme)?.[1];
  if (!value) throw new Error(`no token --${name}`);
  return value;
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
