import { expect, it } from 'vitest';
import { isHomeScreenApp } from '#lib/home-screen.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15';
const ANDROID = 'Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/80.0';
const shown = (standalone: boolean) => () => ({ matches: standalone });

it('knows an app on an iPhone’s home screen, whose store begins empty', () => {
  const safari = { userAgent: IPHONE };
  expect(isHomeScreenApp({ navigator: { ...safari, standalone: true } })).toBe(true);
  expect(isHomeScreenApp({ navigator: { ...safari, standalone: false } })).toBe(false);
  expect(isHomeScreenApp({ navigator: safari, matchMedia: shown(true) })).toBe(true);
  expect(isHomeScreenApp({ navigator: safari, matchMedia: shown(false) })).toBe(false);
});

it('takes no Android for one: there the app has the browser’s store', () => {
  const navigator = { userAgent: ANDROID };
  expect(isHomeScreenApp({ navigator, matchMedia: shown(true) })).toBe(false);
  expect(isHomeScreenApp({ navigator })).toBe(false);
});
