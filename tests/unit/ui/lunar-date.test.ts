import { expect, it } from 'vitest';
import { lunarDate } from '#ui/lunar-date.ts';

it('knows the farmers’ calendar where the engine does', () => {
  expect(lunarDate('2025-11-23', 'zh-Hans')).toEqual({ month: '十月', day: 4 });
  expect(lunarDate('2025-07-25', 'zh-Hans')).toEqual({ month: '闰六月', day: 1 });
});

it('is silent rather than wrong in a language that writes months as numbers', () => {
  expect(lunarDate('2025-11-23', 'en')).toBeNull();
});
