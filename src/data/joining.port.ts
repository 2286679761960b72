/**
 * Joining as screens see it; the app hands in the part that talks to the server.
 * `look` spends nothing. `join` may be repeated after a lost answer: the same invitation gives the
 * same device and token.
 */
import type { InjectionKey } from 'vue';
import type { Names } from '#domain/bodies/shared.ts';
import type { Role } from '#domain/roles.ts';
import type { Result } from '#lib/result.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { StorageError } from './ledger/ledger.ts';
import type { Person } from './ledger/person.ts';

/** Whom an invitation is for. */
export interface Look {
  role: Role;
  names: Names;
  place: Names;
  county: { id: string; names: Names; demo: boolean };
}

/** Every code that joining may end with; with a storage code nothing was sent or spent. */
export type JoiningError = ErrorCode | StorageError;

export interface Joining {
  /** `secret`: the text of the link's fragment. */
  look(secret: string): Promise<Result<Look, JoiningError>>;
  /** Spends the invitation, admits the person on this phone and makes them current. */
  join(secret: string): Promise<Result<Person, JoiningError>>;
}

/** The name under which a request to be let in again is kept, for the phone. */
export const KEPT_ASKED = 'joining.asked';
/** A request to be let in again, as screens see it. */
export interface Asked {
  secret: string;
  /** What is read out over the telephone; null before the county has the request. */
  number: string | null;
  /** It waited too long, or somebody else was let in. */
  over: boolean;
}

/** Being let in again by the secretary, on an empty phone, by an invitation that opens nothing more. */
export interface Rejoining {
  /** Leaves the request; whoever is let in is on the phone by itself, while the app is open or at its next start. */
  askAgain(secret: string): Promise<Result<null, JoiningError>>;
}

export const joiningKey: InjectionKey<Joining & Rejoining> = Symbol('joining');
