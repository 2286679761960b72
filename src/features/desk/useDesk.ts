import { computed, ref, type Ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import type { RecordQuery } from '#data/ledger/ledger.ts';
import type { AboutBody, BranchBody } from '#domain/bodies/organisation.ts';
import { civilDay } from '#domain/civil-day.ts';
import { inOrder } from '#domain/fold.ts';
import { isDesk } from '#domain/roles.ts';
import { foldRoster, listedOf } from '#domain/roster.ts';
import { foldSeconds, SECOND_KIND } from '#domain/seconds.ts';
import { foldArrived, TAKEN_OVER_KIND, type Arrived } from '#domain/transfers.ts';
import { correctedNow, type Clock } from '#lib/clock.ts';
import { useClock } from '#ui/use-clock.ts';
import { foldOfficers } from './branch-officers.ts';
import { createLiveAhead } from './live-ahead.ts';
import { countComplaints } from './useComplaints.ts';
import { countRequests } from './useRequests.ts';

type Ledger = ReturnType<typeof useLedger>;

/** Which of the person's branches the desk shows is kept under this name. */
const CHOSEN = 'desk.scope';

/** The desk: the branches whose roster this person keeps, and the county where they administer. */
export function useDesk() {
  const ledger = useLedger();
  const clock = useClock();
  return deskOf(
    ledger,
    useLive(() => ledger.atOnce(() => readDesk(ledger, clock)), null),
  );
}

interface Front {
  desk: Desk;
  requests: number;
  complaints: number;
}

const liveFront = createLiveAhead<Front>();

/** Follows what the desk's first screen will show, for the screen that leads there. */
export function readFrontAhead(): void {
  const [ledger, clock] = [useLedger(), useClock()];
  liveFront.ahead(() => readFront(ledger, clock));
}

/** The desk's first screen: what useDesk gives, and how much waits for an answer, in one reading. */
export function useDeskFront() {
  const ledger = useLedger();
  const clock = useClock();
  const held = liveFront.use(() => readFront(ledger, clock));
  return {
    ...deskOf(
      ledger,
      computed(() => held.value?.desk ?? null),
    ),
    requests: computed(() => held.value?.requests ?? 0),
    complaints: computed(() => held.value?.complaints ?? 0),
  };
}

function readFront(ledger: Ledger, clock: Clock): Promise<Front> {
  return ledger.atOnce(async () => {
    const [desk, requests, complaints] = await Promise.all([
      readDesk(ledger, clock),
      countRequests(ledger),
      countComplaints(ledger),
    ]);
    return { desk, requests, complaints };
  });
}

function deskOf(ledger: Ledger, desk: Readonly<Ref<Desk | null>>) {
  const chosen = ref<string | null>(null);
  /** Shows another branch's roster and keeps the choice. */
  async function choose(scope: string): Promise<void> {
    chosen.value = scope;
    await ledger.keep(CHOSEN, scope);
  }

  const scope = computed(() => chosen.value ?? desk.value?.scope ?? null);
  const shown = computed(() => desk.value?.rosters.find((one) => one.scope === scope.value));
  return {
    desk,
    scope,
    choose,
    roster: computed(() => shown.value?.roster ?? []),
    unlisted: computed(() => shown.value?.unlisted ?? []),
    seconds: computed(() => shown.value?.seconds ?? []),
    arrived: computed(() => shown.value?.arrived ?? new Map<string, Arrived>()),
  };
}

type Desk = Awaited<ReturnType<typeof readDesk>>;

async function readDesk(ledger: Ledger, clock: Clock) {
  const [person, kept] = await Promise.all([ledger.current(), ledger.kept<string>(CHOSEN)]);
  const today = civilDay(correctedNow(clock, person?.offset ?? null));
  const grants = person?.grants ?? [];
  const scopes = grants.filter(({ role }) => isDesk(role)).map((grant) => grant.scope);
  const county = grants.find(({ role }) => role === 'administrator')?.scope ?? null;
  return {
    person,
    scope: scopes.find((scope) => scope === kept) ?? scopes[0] ?? null,
    today,
    rosters: await Promise.all(scopes.map((scope) => readBranch(ledger, scope, today))),
    county,
    branches: county ? await readBranches(ledger, county, today) : [],
  };
}

async function readBranch(ledger: Ledger, scope: string, today: string) {
  const kind = ['about', 'member', 'role', 'standing', SECOND_KIND, 'transfer', TAKEN_OVER_KIND];
  const records = await standing(ledger, { kind, scope });
  const about = inOrder(records.filter(({ kind }) => kind === 'about')).pop();
  const everybody = foldRoster(records, today);
  return {
    scope,
    names: ((about?.body ?? null) as AboutBody | null)?.names ?? null,
    roster: listedOf(everybody),
    /** 不再列入: their old rolls are still here, and so is the way back onto the list. */
    unlisted: everybody.filter(({ state }) => state === 'unlisted'),
    /** Another branch's, who report here too. */
    seconds: foldSeconds(records, everybody, { day: today }),
    arrived: foldArrived(records),
  };
}

/** The administrators' branches in the order of entry, each with its secretaries. */
async function readBranches(ledger: Ledger, county: string, today: string) {
  const rows = await standing(ledger, { kind: 'branch', scope: county });
  const bodies = new Map(
    inOrder(rows).map((row) => [(row.body as BranchBody).branch, row.body as BranchBody]),
  );
  const roles = await ledger.records({ kind: 'role' });
  const offices = await ledger.records({ kind: 'office', scope: county });
  const told = [...roles, ...offices];
  const secretaries = foldOfficers(told, today);
  const committee = foldOfficers(told, today, 'committee');
  return [...bodies.values()].map((branch) => ({
    ...branch,
    secretaries: secretaries.get(branch.branch) ?? [],
    committee: committee.get(branch.branch) ?? [],
  }));
}

async function standing(ledger: Ledger, query: RecordQuery) {
  return (await ledger.records(query)).filter(({ state }) => state !== 'refused');
}
