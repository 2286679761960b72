/** Four digits before one's own screens: what keeps them, and what takes them away. */
import { describe, expect, it } from 'vitest';
import { opensCurtain } from '#data/ledger/curtain.ts';
import { mirrorPerson, personFrom } from '#data/mirror/mirror-image.ts';
import { admission, joinedLedger, OTHER, testId } from '#tests/support/test-ledger.ts';

async function curtained(digits = '0420') {
  const { ledger } = await joinedLedger();
  await ledger.drawCurtain(digits);
  const person = async () => {
    const now = await ledger.current();
    if (!now) throw new Error('nobody is on the screen');
    return now;
  };
  return { ledger, person };
}

describe('a curtain', () => {
  it('opens by its digits alone, and is never kept as them', async () => {
    const { person } = await curtained();
    const drawn = await person();
    expect(opensCurtain(drawn, '0420')).toBe(true);
    for (const digits of ['0421', '', '420']) expect(opensCurtain(drawn, digits)).toBe(false);
    expect(drawn.curtain).not.toContain('0420');
    expect((await (await curtained()).person()).curtain).not.toBe(drawn.curtain);
  });

  it('is one person’s: the others of the phone have none', async () => {
    const { ledger, person } = await curtained();
    await ledger.admit(admission({ person: OTHER, device: testId(20), token: 'other' }));
    expect((await person()).curtain).toBeUndefined();
    expect(opensCurtain(await person(), '')).toBe(false);
  });

  it('goes when its person takes it away, and with a new invitation', async () => {
    const { ledger, person } = await curtained();
    await ledger.drawCurtain(null);
    expect((await person()).curtain).toBeUndefined();
    await ledger.drawCurtain('1111');
    await ledger.admit(admission({ device: testId(30), token: 'again' }));
    expect((await person()).curtain).toBeUndefined();
  });

  it('comes back from the mirror with its person', async () => {
    const { person } = await curtained();
    const back = personFrom(mirrorPerson(await person(), { seq: 0, head: null }));
    expect(back && opensCurtain(back, '0420')).toBe(true);
  });
});
