import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { regain } from '#data/recovery-card.ts';
import { mirrorPerson, personFrom } from '#data/mirror/mirror-image.ts';
import { invitationHash } from '#domain/invitations.ts';
import { cardText, readCard } from '#domain/recovery-card.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { startServer } from '#tests/support/server.ts';
import { newSecretText } from '#tests/support/wire-device.ts';

const random = {
  bytes: (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};
const studied = (day: string) => ({ day, minutes: 30, how: 'book' });

describe('own study, a lost phone and a card in a drawer', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let desk: HeadlessDevice;
  const devices: HeadlessDevice[] = [];

  beforeAll(async () => {
    server = await startServer({ seed: 'demo' });
    desk = await joined(invitation('secretary', 0));
    await desk.sync();
  });
  afterAll(async () => {
    await Promise.all(devices.map((device) => device.close()));
    await server.stop();
  });

  function invitation(role: string, index: number): string {
    return server.invitations.filter((each) => each.role === role)[index]?.url ?? '';
  }

  async function joined(by: string): Promise<HeadlessDevice> {
    const device = await createHeadlessDevice({ server: server.url, invitation: by });
    devices.push(device);
    await device.enrol();
    return device;
  }

  async function nextPhone(person: string): Promise<HeadlessDevice> {
    const secret = newSecretText();
    const expires = Date.now() + 3_600_000;
    const body = { hash: invitationHash(secret), role: 'member', expires };
    await desk.record('invitation', body, { subject: person });
    await desk.sync();
    const phone = await joined(secret);
    await phone.sync();
    return phone;
  }

  const personOf = async (phone: HeadlessDevice) => {
    const person = await phone.ledger.current();
    if (!person) throw new Error('nobody has joined');
    return person;
  };
  const daysOf = async (phone: HeadlessDevice) => {
    const studies = await phone.ledger.records({ kind: 'study' });
    return studies.map(({ body }) => (body as { day: string }).day).sort();
  };
  async function useCard(phone: HeadlessDevice, card: string) {
    const { person } = await personOf(phone);
    const key = readCard(card, person);
    if (!key.ok) throw new Error(key.error);
    return regain({ ledger: phone.ledger, crypto: globalThis.crypto, random }, key.value);
  }

  it('comes back with the card; what the new phone wrote before is kept, for the card too', async () => {
    const first = await joined(invitation('member', 0));
    await first.record('study', studied('2026-03-01'));
    await first.record('study', studied('2026-03-02'));
    await first.sync();
    const { person, key } = await personOf(first);
    const card = cardText(person, key);

    const second = await nextPhone(person);
    await second.record('study', studied('2026-03-03'));
    expect(await daysOf(second)).toEqual(['2026-03-03']);
    expect(await useCard(second, card)).toEqual({ ok: true, value: { opened: 2, closed: 0 } });
    expect(await daysOf(second)).toEqual(['2026-03-01', '2026-03-02', '2026-03-03']);
    await second.record('study', studied('2026-03-04'));
    await second.sync();

    const third = await nextPhone(person);
    expect(await daysOf(third)).toEqual([]);
    expect((await useCard(third, card)).ok).toBe(true);
    const all = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'];
    expect(await daysOf(third)).toEqual(all);
    // The first phone, if it is found again, learns the second one's key by syncing.
    await first.sync();
    expect(await daysOf(first)).toEqual(all);
    expect(cardText(person, (await personOf(third)).key)).toBe(card);
  });

  it('used twice changes nothing; the mirror keeps every key', async () => {
    const first = await joined(invitation('member', 1));
    const { person, key } = await personOf(first);
    const second = await nextPhone(person);
    const card = cardText(person, key);
    expect((await useCard(second, card)).ok).toBe(true);
    expect((await useCard(second, card)).ok).toBe(true);
    // One under each of the two keys.
    expect(await second.ledger.records({ kind: 'older-key' })).toHaveLength(2);
    const known = await personOf(second);
    const mirrored = JSON.parse(JSON.stringify(mirrorPerson(known, { seq: 1, head: null })));
    expect(personFrom(mirrored)).toMatchObject({ key: known.key, older: known.older });
    expect(known.older).toHaveLength(1);
  });

  it('leaves nothing on the server by which a key or a card could be told', async () => {
    const { rows } = await server.pool.query<{ kind: string; body: string }>(
      `select kind, body from records where kind <> 'self' or body like '%older-key%'`,
    );
    expect(rows.filter(({ kind, body }) => /older-key/.test(`${kind} ${body}`))).toEqual([]);
  });
});
