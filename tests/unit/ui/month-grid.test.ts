import { expect, it } from 'vitest';
import { monthGrid } from '#ui/month-grid.ts';

it('begins on a Monday and holds every day once', () => {
  const weeks = monthGrid(2026, 11);
  expect(weeks[0]).toEqual([null, null, null, null, null, null, 1]);
  expect(weeks.flat().filter(Boolean)).toEqual(Array.from({ length: 30 }, (_, day) => day + 1));
  expect(weeks.every((week) => week.length === 7)).toBe(true);
});

it('knows leap years and the shortest grid', () => {
  expect(monthGrid(2028, 2).flat().filter(Boolean)).toHaveLength(29);
  expect(monthGrid(2027, 2)).toHaveLength(4);
});
