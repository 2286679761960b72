import { expect, it } from 'vitest';
import { oneAtATime } from '#lib/one-at-a-time.ts';

it('takes a second tap for the first one until that is through, failures too', async () => {
  let runs = 0;
  const save = oneAtATime(async (fails: boolean) => {
    runs += 1;
    await Promise.resolve();
    if (fails) throw new Error('full');
    return runs;
  });
  expect(await Promise.all([save(false), save(false), save(true)])).toEqual([1, 1, 1]);
  expect(await save(false)).toBe(2);
  await expect(save(true)).rejects.toThrow('full');
  expect(await save(false)).toBe(4);
});
