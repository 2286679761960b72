import { describe, expect, it } from 'vitest';
import { knowsOf } from '#protocol/brief.ts';
import { accepting, type Step } from '#tests/support/scripted-transport.ts';
import { engineOver, held, offline, study, take } from '#tests/support/test-engine.ts';
import {
  activityRow,
  admission,
  grant,
  ME,
  joinedLedger,
  OTHER,
  pageOf,
  testId,
} from '#tests/support/test-ledger.ts';

describe('an attempt', () => {
  it('pulls before it pushes into a fresh store, then does both in one request', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    const { transport, engine, status } = engineOver(ledger, clock, {}, take);
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { pushed: 1, requests: 2 } });
    expect(transport.requests.map((request) => [request.own, request.records?.length])).toEqual([
      [true, undefined],
      [undefined, 1],
    ]);
    await study(ledger);
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { pushed: 1, requests: 1 } });
    expect(status.get()).toEqual({ state: 'idle', lastDone: clock.now(), code: null });
  });

  it('goes on while the server has more', async () => {
    const { ledger, clock } = await joinedLedger();
    const pages = [1, 2].map((n) => pageOf([activityRow(n)], { more: n < 2 }));
    const steps = pages.map(
      (page): Step =>
        (request) =>
          accepting(request, { ...held, pages: [page], more: page.more }),
    );
    const { engine, transport } = engineOver(ledger, clock, {}, ...steps);
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { pulled: 2, requests: 2 } });
    expect(transport.requests[1]?.at?.slice(2)).toEqual([1, 'tag-1']);
  });

  it('goes on when an answer brings new roles and nothing else', async () => {
    const { ledger, clock } = await joinedLedger();
    const grants = [grant('member'), grant('secretary')];
    const told: Step = (request) => accepting(request, { grants, more: true });
    const { engine, transport } = engineOver(ledger, clock, {}, told, (request) =>
      accepting(request, { grants }),
    );
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { requests: 2 } });
    expect(transport.requests[1]?.knows).not.toBe(transport.requests[0]?.knows);
  });

  it('stops with what it has when the server says `later` to everything', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    const later: Step = (request) =>
      accepting(request, { ...held, results: [{ from: 1, to: 9, code: 'later' }] });
    const { engine } = engineOver(ledger, clock, {}, take, later);
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'server.unavailable' });
    expect(await ledger.unsent()).toBe(1);
  });

  it('takes neither a page of a portal nor a shape that is not ours for an answer', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    const { engine, status } = engineOver(ledger, clock, {}, () => ({ json: { ok: true } }));
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'network.portal' });
    expect(status.get()).toMatchObject({ state: 'waiting', code: 'network.portal' });
    expect(await ledger.unsent()).toBe(1);
  });

  it('pulls all again and pushes all again after a change of epoch', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger, 3);
    const { engine, transport } = engineOver(ledger, clock, {}, take);
    await engine.syncOnce();
    transport.requests.length = 0;
    transport.script((request) => accepting(request, { ...held, epoch: 'second' }));
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { pushed: 3 } });
    const { grants } = held;
    expect(transport.requests.map(({ knows, records }) => [knows, records?.length])).toEqual([
      [knowsOf({ person: ME, epoch: 'first', grants }), undefined],
      [knowsOf({ person: ME, epoch: 'second', grants }), 3],
    ]);
  });

  it('X-11 stops for a revoked token, says so, and deletes nothing of one’s own; the others go on', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    await ledger.admit(admission({ person: OTHER, device: testId(20), token: 'other' }));
    await study(ledger);
    const mine: Step = (request, token) =>
      token === 'other' ? { code: 'session.revoked' } : accepting(request, held);
    const { engine, transport, status } = engineOver(ledger, clock, {}, mine);
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'session.revoked' });
    expect(status.get()).toMatchObject({ state: 'trouble', code: 'session.revoked' });
    expect(await ledger.unsent()).toBe(1);
    expect(await ledger.sync.countUnsent(testId(1))).toBe(0);
    const asked = transport.tokens.length;
    await engine.syncOnce();
    expect(transport.tokens.slice(asked)).not.toContain('other');
  });
});

describe('a batch', () => {
  it('halves after failures down to one, gets through, and remembers over a restart', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger, 120);
    const narrow: Step = (request) =>
      (request.records?.length ?? 0) > 10
        ? { code: 'network.unreachable' }
        : accepting(request, held);
    const first = engineOver(ledger, clock, {}, narrow);
    for (let i = 0; i < 5 && (await ledger.unsent()) > 0; i += 1) await first.engine.syncOnce();
    expect(await ledger.unsent()).toBe(0);
    await study(ledger, 30);
    const second = engineOver(ledger, clock, {}, narrow);
    for (let i = 0; i < 3 && (await ledger.unsent()) > 0; i += 1) await second.engine.syncOnce();
    expect(
      Math.max(...second.transport.requests.map(({ records = [] }) => records.length)),
    ).toBeLessThan(30);
    expect(await ledger.unsent()).toBe(0);
  });

  it('grows after fast answers', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger, 450);
    const { engine, transport } = engineOver(ledger, clock, {}, take);
    await engine.syncOnce();
    const sizes = transport.requests.map(({ records = [] }) => records.length);
    expect(sizes[1]).toBe(100);
    expect(sizes[2]).toBeGreaterThan(100);
  });

  it('does not shrink for a small request that failed: its size is not to blame', async () => {
    const { ledger, clock } = await joinedLedger();
    const { engine, transport } = engineOver(ledger, clock, {}, take);
    await engine.syncOnce();
    await study(ledger);
    transport.script(offline);
    for (let i = 0; i < 8; i += 1) await engine.syncOnce();
    await study(ledger, 99);
    transport.script(take);
    transport.requests.length = 0;
    await engine.syncOnce();
    expect(transport.requests.map(({ records = [] }) => records.length)).toEqual([100]);
  });
});
