/**
 * The weeks of a month, Monday first: seven places each, null where a day belongs to another month.
 * `month` is 1–12. Civil days only, no zone is involved.
 */
export function monthGrid(year: number, month: number): (number | null)[][] {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const lead = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const weeks = Math.ceil((lead + days) / 7);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, place) => {
      const day = week * 7 + place - lead + 1;
      return day >= 1 && day <= days ? day : null;
    }),
  );
}
