/**
 * Runs one schedule: the real loops of some phones against the real server, over the faults of its
 * steps, in virtual time; then peace; then what must hold. The history says what was violated.
 */
import { createIds } from '#lib/ids.ts';
import { createSeededRandom } from '#tests/support/seeded-random.ts';
import { watchAnswers } from './answers.ts';
import { makeBranch, type Branch } from './branch.ts';
import { wrongAtTheEnd, type Wrong } from './checks.ts';
import { draftsOf } from './drafts.ts';
import { createHistory, type History } from './history.ts';
import { createNetwork, type Network } from './network.ts';
import type { Death } from './killable-indexeddb.ts';
import { createPhone, type SimulatedPhone } from './phone.ts';
import type { SimulatedServer } from './server.ts';
import { FIRST_ROLES, type DraftKind, type Schedule, type Step } from './steps.ts';

/** 20:00 on 1 March 2026 in Shanghai. */
const START = Date.parse('2026-03-01T12:00:00Z');
/** How often loops may start anew within one stretch of time: a jitter of 0 must not turn for ever. */
const TURNS_MAX = 6;
/** Peace: each round as long as the longest back-off or the time between two looks for news. */
const PEACE_MS = 310_000;
const PEACE_ROUNDS = 4;
const QUICK_LOOKS = 30;
/** Real time for what takes milliseconds; whoever is not done then is wedged. */
const WEDGED_MS = 30_000;

interface World {
  server: SimulatedServer;
  branch: Branch;
  network: Network;
  phones: SimulatedPhone[];
  history: History;
}

/** Runs it; `server` may be used for one schedule after the other. */
export async function simulate(server: SimulatedServer, schedule: Schedule): Promise<History> {
  server.clock.set(START);
  server.forgetFault();
  const history = createHistory([...FIRST_ROLES]);
  server.onKill = history.count;
  const branch = await makeBranch(server, FIRST_ROLES);
  const network = createNetwork(server, history, watchAnswers(branch, history));
  const chance = createSeededRandom(schedule.seed);
  const onBug = (error: unknown) => history.violate('bug', String(error));
  const onDeath = (how: Death) =>
    how === 'stopped' ? undefined : history.count(`phone-killed-${how}`);
  const { clock } = server;
  const phones = branch.admissions.map((admission, index) =>
    createPhone({ index, admission, network, clock, chance, onBug, onDeath }),
  );
  const world = { server, branch, network, phones, history };
  try {
    for (const phone of phones) await phone.start();
    await settle(world);
    for (const step of schedule.steps) {
      await take(world, step);
      // Whoever is wedged would be waited for at every step.
      if (history.violations.length > 0) return history;
    }
    for (const { rule, detail } of await peace(world)) history.violate(rule, detail);
  } finally {
    phones.forEach((phone) => phone.stop());
  }
  return history;
}

async function take(world: World, step: Step): Promise<void> {
  const { server, network, phones } = world;
  switch (step.do) {
    case 'write':
      await write(world, step);
      break;
    case 'pass':
      await pass(world, step.ms);
      break;
    case 'line':
      network.arm(step.phone, step.fault, step.at);
      break;
    case 'release':
      await network.release(step.reverse);
      break;
    case 'offline':
      network.setOffline(step.phone, step.off);
      break;
    case 'kill':
      phones[step.phone]?.killAt(step.at);
      break;
    case 'server':
      server.killAt(step);
      break;
    case 'clock':
      world.history.count('clock-turned');
      phones[step.phone]?.turnClock(step.ms);
      break;
    default:
      await change(world, step);
  }
  await settle(world);
}

/** What is changed behind everybody's back. */
async function change({ branch, history }: World, step: Step): Promise<void> {
  if (step.do === 'snapshot') await branch.snapshot();
  if (step.do === 'back') {
    history.backs += 1;
    history.count(step.epoch ? 'restored' : 'copied-back');
    await branch.back(step.epoch);
  }
  if (step.do === 'role') {
    history.moved.add(step.phone);
    history.roles[step.phone] = step.role;
    history.count('role-changed');
    await branch.setRole(step.phone, step.role);
  }
  if (step.do === 'revoke') {
    const before = history.revoked.has(step.phone) ? [] : await branch.rows();
    for (const { id } of before) history.heldThen.add(id);
    history.revoked.add(step.phone);
    history.count('revoked');
    await branch.revoke(step.phone);
  }
}

async function write(
  { branch, phones, history, server }: World,
  step: Extract<Step, { do: 'write' }>,
): Promise<void> {
  const phone = phones[step.phone];
  const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
  const ids = createIds({ clock: server.clock, random });
  const nextId = () => ids.next();
  const drafts = await phone?.act((ledger) => draftsOf(step, branch, ledger, nextId));
  if (!phone || !drafts || drafts.length === 0) return;
  for (const { id, kind, subject, body } of drafts) {
    const about = { id, phone: step.phone, kind: kind as DraftKind, subject, body };
    history.written.set(id, { ...about, told: false });
  }
  const saved = await phone.act((ledger) => ledger.writeAll(drafts));
  if (!saved) return;
  for (const { id } of drafts) {
    const record = history.written.get(id);
    if (saved.ok && record) record.told = true;
    if (!saved.ok && !phone.dead) history.written.delete(id);
  }
  const expected = saved.ok || saved.error === 'write.writer' || phone.dead;
  if (!expected) history.violate('I2', `saving failed: ${saved.error}`);
}

async function pass(world: World, ms: number): Promise<void> {
  const { server, network, phones } = world;
  server.clock.set(server.clock.now() + ms);
  network.giveUp();
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const ran = phones.map((phone) => phone.runTimers()).includes(true);
    await settle(world);
    if (!ran) return;
  }
}

/**
 * Waits until nothing goes on; phones that died begin their next life. What a dead one had sent is at the
 * server still, and is answered by the roles of then: a step that changes them comes after it.
 */
async function settle({ phones, network, history }: World): Promise<void> {
  const began = performance.now();
  for (let looks = 0; ; looks += 1) {
    // Quick acts take a turn or two; who waits for the database does not keep the machine busy.
    await new Promise((resolve) =>
      looks < QUICK_LOOKS ? setImmediate(resolve) : setTimeout(resolve, 1),
    );
    for (const phone of phones.filter(({ dead }) => dead)) await phone.start();
    if (phones.every((phone) => phone.idle()) && network.quiet()) return;
    if (performance.now() - began > WEDGED_MS) {
      const index = phones.filter((phone) => !phone.idle()).map((phone) => phone.index);
      return history.violate('I9', `phone ${index.join() || 'of before'} does nothing more`);
    }
  }
}

/** Time without faults and without a tap, until nothing is wrong or it was long enough: then what is. */
async function peace(world: World): Promise<Wrong[]> {
  world.server.forgetFault();
  for (const phone of world.phones) phone.killAt(Infinity);
  await world.network.heal();
  await settle(world);
  for (let round = 1; ; round += 1) {
    await pass(world, PEACE_MS);
    if (world.history.violations.length > 0) return [];
    const wrong =
      round === 1 ? null : await wrongAtTheEnd(world.branch, world.phones, world.history);
    if (wrong && (wrong.length === 0 || round >= PEACE_ROUNDS)) return wrong;
  }
}
