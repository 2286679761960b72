/**
 * What may happen in a schedule, as plain values: a failing schedule can be printed, shrunk and put
 * into a test. Nothing else decides: the same steps give the same requests and the same faults.
 */
import fc from 'fast-check';

/** Whose phones these are, all in one branch. */
export const FIRST_ROLES = ['secretary', 'secretary', 'member', 'member', 'member'] as const;
const PHONES = FIRST_ROLES.length;

/** What the line does to one request; the last two: the phone dies with it on its way, or with the answer just heard. */
export const LINE_FAULTS = [
  'lost',
  'answer-lost',
  'cut-up',
  'cut-down',
  'short-answer',
  'twice',
  'again-later',
  'held',
  'answer-held',
  'portal',
  'dies-sending',
  'dies-hearing',
] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

export const DRAFTS = ['study', 'activity', 'check-in', 'member'] as const;
export type DraftKind = (typeof DRAFTS)[number];

export const ROLES_IN_TURN = ['secretary', 'member', 'none'] as const;
export type SimulatedRole = (typeof ROLES_IN_TURN)[number];

export type Step =
  /** Somebody saves `count` records at once; `about` and `choice` say of whom and what (drafts.ts). */
  | { do: 'write'; phone: number; draft: DraftKind; count: number; about: number; choice: number }
  /** Time passes for everybody; loops whose time has come run beside each other. */
  | { do: 'pass'; ms: number }
  /** The next request of a phone meets this; `at` is a share (0–1) of its bytes. */
  | { do: 'line'; phone: number; fault: LineFault; at: number }
  /** What was held and what is to come again reaches the other side, the latest first where `reverse`. */
  | { do: 'release'; reverse: boolean }
  /** A phone has no network, or has it again. */
  | { do: 'offline'; phone: number; off: boolean }
  /** A phone dies at its `at`-th act on its database from now (0: now, asleep); it starts again at once. */
  | { do: 'kill'; phone: number; at: number }
  /** The server, or one of its connections only, dies before or after its `at`-th statement from now. */
  | { do: 'server'; at: number; after: boolean; whole: boolean }
  /** Somebody or some network turns a phone's clock. */
  | { do: 'clock'; phone: number; ms: number }
  /** What the server holds now is what a later `back` goes back to. */
  | { do: 'snapshot' }
  /** The server goes back: restored (a new epoch), or its folder copied by hand. */
  | { do: 'back'; epoch: boolean }
  /** Somebody's role in the branch begins or ends. */
  | { do: 'role'; phone: number; role: SimulatedRole }
  /** A phone is lost: its token ends. */
  | { do: 'revoke'; phone: number };

export interface Schedule {
  /** Draws the jitter of the loops. */
  seed: number;
  steps: Step[];
}

/** Ten years, in which somebody's phone may be wrong either way (S-16). */
const TEN_YEARS_MS = 10 * 365 * 86_400_000;
/** Longer than the longest wait between two attempts. */
const PASS_MAX_MS = 400_000;
/** A sync of a few records asks the database about 20 times; saving about 4 times. */
const ACTS_MAX = 40;
const STATEMENTS_MAX = 30;

/** Shares of a message that stand for its edges: nothing, all but the last byte, all of it. */
export const EDGES = [0, 1 - 1e-6, 1] as const;

const phone = fc.integer({ min: 0, max: PHONES - 1 });

const lineOf = (faults: readonly LineFault[]) =>
  fc.record({
    do: fc.constant('line' as const),
    phone,
    fault: fc.constantFrom(...faults),
    at: fc.oneof(fc.constantFrom(...EDGES), fc.double({ min: 0, max: 1, noNaN: true })),
  });

const work: fc.MaybeWeightedArbitrary<Step>[] = [
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      // Desks write more than others, and mostly rolls: that is where two of them disagree.
      phone: fc.oneof(fc.integer({ min: 0, max: 1 }), phone),
      draft: fc.oneof(fc.constantFrom(...DRAFTS), fc.constant('check-in' as const)),
      count: fc.integer({ min: 1, max: 3 }),
      about: phone,
      choice: fc.nat({ max: 7 }),
    }),
  },
  {
    weight: 16,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.oneof(fc.constant(400), fc.integer({ min: 1, max: PASS_MAX_MS })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('release' as const), reverse: fc.boolean() }),
  },
];

const trouble: fc.MaybeWeightedArbitrary<Step>[] = [
  { weight: 14, arbitrary: lineOf(LINE_FAULTS) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('offline' as const),
      phone,
      off: fc.oneof(fc.constant(true), fc.constant(false), fc.constant(false)),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('kill' as const),
      phone,
      at: fc.integer({ min: 0, max: ACTS_MAX }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('server' as const),
      at: fc.integer({ min: 1, max: STATEMENTS_MAX }),
      after: fc.boolean(),
      whole: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      phone,
      ms: fc.constantFrom(-TEN_YEARS_MS, -1_000, 3_600_000, TEN_YEARS_MS),
    }),
  },
];

const restoring: fc.MaybeWeightedArbitrary<Step>[] = [
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'snapshot' }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('back' as const), epoch: fc.boolean() }) },
];

const people: fc.MaybeWeightedArbitrary<Step>[] = [
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('role' as const),
      phone: fc.integer({ min: 1, max: PHONES - 1 }),
      role: fc.constantFrom(...ROLES_IN_TURN),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('revoke' as const), phone: fc.constant(PHONES - 1) }),
  },
];

/**
 * Schedules of `length` steps with every fault. A server that went back and a role that ended are
 * not in one schedule: what was acknowledged under a role that is over cannot be sent again.
 */
export function schedules(length: number): fc.Arbitrary<Schedule> {
  const all = [...work, ...trouble];
  const steps = fc.oneof(
    stepsOf(length, [...all, ...restoring]),
    stepsOf(length, [...all, ...people]),
  );
  return fc.record({ seed: fc.integer(), steps });
}

/** Schedules in which requests come twice, late and in another order, and nothing else goes wrong (S-03). */
export function shuffledSchedules(length: number): fc.Arbitrary<Schedule> {
  const faults = ['twice', 'again-later', 'held', 'answer-held'] as const;
  const steps = stepsOf(length, [...work, { weight: 16, arbitrary: lineOf(faults) }]);
  return fc.record({ seed: fc.integer(), steps });
}

function stepsOf(length: number, kinds: fc.MaybeWeightedArbitrary<Step>[]) {
  return new Exactly(length, fc.oneof({ withCrossShrink: true }, ...kinds));
}

/** So many when drawn, and fewer and fewer when shrunk. */
class Exactly<T> extends fc.Arbitrary<T[]> {
  private readonly drawn: fc.Arbitrary<T[]>;
  private readonly shrunk: fc.Arbitrary<T[]>;

  constructor(length: number, one: fc.Arbitrary<T>) {
    super();
    this.drawn = fc.array(one, { minLength: length, maxLength: length });
    this.shrunk = fc.array(one, { maxLength: length, size: 'max' });
  }

  generate(random: fc.Random): fc.Value<T[]> {
    // Without the context of `drawn`, which would keep the length.
    return new fc.Value(this.drawn.generate(random, undefined).value, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is T[] {
    return this.shrunk.canShrinkWithoutContext(value);
  }

  shrink(value: T[], context: unknown): fc.Stream<fc.Value<T[]>> {
    return this.shrunk.shrink(value, context);
  }
}
