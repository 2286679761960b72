import {
  foldDevices,
  foldRejoining,
  type DeviceRow,
  type OwnDevice,
  type Rejoining,
} from '#domain/devices.ts';

/** A phone of a person about which the desk is asked. */
export type Question =
  ({ is: 'joined'; person: string } & OwnDevice) | ({ is: 'rejoin'; scope: string } & Rejoining);

/** Whom the desk may be asked about, and what it has said. */
export interface Asking {
  /** Server time, ms. */
  now: number;
  /** Who looks: nobody is asked about themselves. */
  reader: string;
  /** On the roster, with no role there: whose phones are the desk's to end. */
  isPlain(person: string): boolean;
  /** Devices and requests that were answered on this phone. */
  answered: ReadonlySet<string>;
}

/**
 * Whoever nobody has doubted by then is who they say: a new secretary is not asked about everybody
 * who ever joined.
 */
const ASK_MS = 30 * 86_400_000;

/** What the desk is asked of phones in one branch: who wants to be let in again first, then who has joined. */
export function foldQuestions(records: readonly DeviceRow[], asking: Asking): Question[] {
  const { now, answered } = asking;
  const scope = records[0]?.scope ?? '';
  const rejoins = foldRejoining(records, now)
    .filter(({ request }) => !answered.has(request))
    .map((one): Question => ({ is: 'rejoin', scope, ...one }));
  // Who asks again is not asked about twice: letting them in ends the phones of before.
  const ask = new Set(rejoins.map(({ person }) => person));
  return [...rejoins, ...joinedAmong(records, asking).filter(({ person }) => !ask.has(person))];
}

function joinedAmong(records: readonly DeviceRow[], asking: Asking): Question[] {
  const { now, reader, isPlain, answered } = asking;
  const people = new Set(records.flatMap(({ subject }) => subject ?? []));
  return [...people]
    .filter((person) => person !== reader && isPlain(person))
    .flatMap((person) =>
      foldDevices(records.filter(({ subject }) => subject === person))
        .filter(({ device, ended, admitted }) => !ended && !admitted && !answered.has(device))
        .filter(({ since }) => now - Date.parse(since) < ASK_MS)
        .map((device): Question => ({ is: 'joined', person, ...device })),
    );
}
