import { expect, it } from 'vitest';
import { sayShown, type ShownLedger } from '#features/roll/say-shown.ts';

it('a device says once of each activity that it shows the code, and again where that was refused', async () => {
  const rows: { device: string; state: string; body: unknown }[] = [];
  const ledger: ShownLedger = {
    records: async () => rows,
    write: async ({ body }) => void rows.push({ device: 'phone', state: 'saved', body }),
  };
  const show = (activity: string, device = 'phone') =>
    sayShown(ledger, { activity, scope: 'branch', device });
  await show('lecture');
  await show('lecture');
  expect(rows).toHaveLength(1);
  await show('party day');
  await show('lecture', 'other phone');
  expect(rows.map(({ body }) => body)).toEqual([
    { activity: 'lecture' },
    { activity: 'party day' },
    { activity: 'lecture' },
  ]);
  for (const row of rows) row.state = 'refused';
  await show('lecture');
  expect(rows).toHaveLength(4);
});
