import { expect, it } from 'vitest';
import { comeAgainSeconds, createAdmission, type Errand } from '#server/http/admission.ts';

const limits = { places: 1, waiting: { push: 10, fetch: 10 }, patienceMs: 60_000 };

/** Everybody enters in this order; each leaves as soon as it is served. Who was served when. */
async function served(errands: readonly Errand[]): Promise<string[]> {
  const admission = createAdmission(limits);
  const order: string[] = [];
  const first = await admission.enter('fetch');
  const done = errands.map(async (errand, i) => {
    const leave = await admission.enter(errand);
    order.push(leave ? `${errand}${i}` : `away${i}`);
    leave?.();
  });
  first?.();
  await Promise.all(done);
  return order;
}

it('S-17 who brings records goes before a crowd that only fetches', async () => {
  expect(await served(['fetch', 'fetch', 'fetch', 'push'])).toEqual([
    'push3',
    'fetch0',
    'fetch1',
    'fetch2',
  ]);
});

it('S-17 one in four places goes to who only fetches', async () => {
  const order = await served(['fetch', ...Array<Errand>(5).fill('push')]);
  expect(order).toEqual(['push1', 'push2', 'push3', 'fetch0', 'push4', 'push5']);
});

it('S-17 a line that is full turns away at once, of its own kind alone', async () => {
  const order = await served([...Array<Errand>(11).fill('fetch'), 'push']);
  expect(order[0]).toBe('away10');
  expect(order[1]).toBe('push11');
  expect(order).toHaveLength(12);
});

it('S-17 nobody waits longer than a phone does', async () => {
  const admission = createAdmission({ ...limits, patienceMs: 1 });
  const leave = await admission.enter('push');
  expect(await admission.enter('push')).toBeNull();
  leave?.();
  leave?.(); // a place is given back once
  expect(await admission.enter('push')).not.toBeNull();
  expect(await admission.enter('push')).toBeNull();
});

it('S-17 those who were turned away come back spread over a quarter of a minute', () => {
  const bytes = (byte: number) => ({ bytes: () => Uint8Array.of(byte) });
  const seconds = Array.from({ length: 256 }, (_, byte) => comeAgainSeconds(bytes(byte)));
  expect(new Set(seconds).size).toBe(15);
  expect([Math.min(...seconds), Math.max(...seconds)]).toEqual([5, 19]);
});
