/**
 * The 搬 code as screens see it (protocol/move.ts). `make` and `takeBack` speak of the current person
 * and need a network; `take` may be repeated after a lost answer: the same code gives the same device.
 */
import type { InjectionKey } from 'vue';
import type { OwnDeviceBody } from '#domain/bodies/own-device.ts';
import type { Result } from '#lib/result.ts';
import type { JoiningError } from './joining.port.ts';
import type { WriteError } from './ledger/ledger.ts';
import type { Person } from './ledger/person.ts';

/** The name under which the person's code is kept while it is good. */
export const KEPT_MOVE = 'move.made';

/** For whom a code is: the phone's browser or its home screen, a computer at work for a day or for good. */
export const MOVE_WAYS = ['phone', 'office-day', 'office'] as const;
export type MoveWay = (typeof MOVE_WAYS)[number];

/** A code that was made here. */
export interface MadeMove {
  code: string;
  way: MoveWay;
  /** Phone time, ms. */
  until: number;
}

/**
 * move.own: made on this very device · move.unsent: the person is here under another device, which has
 * to hand in what it holds first.
 */
export type MoveError = JoiningError | WriteError | 'move.own' | 'move.unsent';

/** Whom `take` brought, and what this device is now. */
export interface Taken {
  person: Person;
  device: OwnDeviceBody;
}

export interface Moving {
  /** Makes a code, in place of any before. */
  make(way: MoveWay): Promise<Result<MadeMove, MoveError>>;
  /** Takes the code back. */
  takeBack(): Promise<Result<null, MoveError>>;
  /** Admits the code's person on this device and makes them current. */
  take(code: string): Promise<Result<Taken, MoveError>>;
}

export const movingKey: InjectionKey<Moving> = Symbol('moving');
