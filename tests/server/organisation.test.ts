import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import { startServer } from '#tests/support/server.ts';
import { CARD, joinWire, newId, secretOf, wireRecord } from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  server = await startServer({ seed: 'empty' });
});
afterAll(() => server.stop());

describe('the administrator', () => {
  it('makes a branch, its secretary and the invitation in one batch, told twice or once', async () => {
    const admin = await joinWire(server.url, secretOf(server.invitations.at(-1) ?? { url: '' }));
    const county = admin.county.id;
    const branch = newId();
    const subject = newId();
    const names = { hans: '新村党支部' };
    const secret = 'n'.repeat(43);
    const role = { role: 'secretary', names: { hans: '何书记' }, card: CARD, from: '2026-01-01' };
    const invitation = {
      hash: invitationHash(secret),
      role: 'secretary',
      expires: Date.now() + 1e7,
    };
    const records = [
      wireRecord({ kind: 'branch', scope: county, seq: 1, body: { branch, names } }),
      wireRecord({ kind: 'role', scope: branch, seq: 2, subject, body: role }),
      wireRecord({ kind: 'invitation', scope: branch, seq: 3, subject, body: invitation }),
    ];
    for (const code of ['ok', 'dup'])
      expect((await admin.sync({ records })).results.map((run) => run.code)).toEqual([code, code]);
    const desk = await joinWire(server.url, secret);
    expect(desk.grants.map((grant) => grant.role).toSorted()).toEqual(['member', 'secretary']);
    // Her own role comes through two views: as a member's and as the desk's.
    const kinds = new Set((await desk.pullAll()).map((row) => row.kind));
    expect([...kinds].toSorted()).toEqual(['about', 'invitation', 'presence-key', 'role']);
    const ended = { ...role, to: '2026-01-02' };
    await admin.sync({
      records: [wireRecord({ kind: 'role', scope: branch, seq: 4, subject, body: ended })],
    });
    await admin.sync({ records });
    const after = await desk.sync();
    expect(after.grants).toEqual([{ scope: branch, role: 'member' }]);
    expect(after.pages.map(({ view }) => view)).toEqual(['member']);
  });
});
