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

export const joiningKey: InjectionKey<Joining> = Symbol('joining');
