/**
 * The one table of kinds: for every kind of record who may write it and who may read it.
 * Client and server use this same table: the phone before it saves, the server before it stores,
 * the pull to choose rows, the purge to remove them. A kind that is not here does not exist.
 */
import type { KindRule } from './kind-rule.ts';
import { COUNTY_WORDS } from './kinds-county.ts';
import { MEETING_KINDS } from './kinds-meeting.ts';
import { MIGRANT_KINDS } from './kinds-migrants.ts';

export const KINDS = {
  /** A stretch of the member's own study. Leaves the phone only as `self` ciphertext. */
  study: { version: 1, writers: ['owner'], audience: 'self' },
  /** Another key of the person's self records, under the present one: who has the one has all. */
  'older-key': { version: 1, writers: ['owner'], audience: 'self' },
  /** What a second device of the person is, and until when. */
  'own-device': { version: 1, writers: ['owner'], audience: 'self' },
  /** The member's yes to the notice, before the first record. */
  consent: {
    version: 1,
    writers: ['subject'],
    audience: 'own',
    ofPerson: true,
    erasable: true,
  },
  /** A name on the roster. subject = the person. */
  member: {
    version: 2,
    writers: ['desk'],
    audience: 'own',
    ofPerson: true,
    erasable: true,
  },
  /** What somebody is in the branch from a day on: 正式 or 預備, 在冊 and so on, the contact person. */
  standing: {
    version: 1,
    writers: ['desk'],
    audience: 'own',
    ofPerson: true,
    erasable: true,
  },
  /** A one-time way in for subject; holds only the secret's hash, so nothing of it is ever erased. */
  invitation: {
    version: 1,
    writers: ['desk', 'administrator'],
    audience: 'desk',
    ofPerson: true,
  },
  ...MEETING_KINDS,
  ...MIGRANT_KINDS,
  /** subject asks their desk to put right, or to erase, what is kept of them. */
  request: {
    version: 1,
    writers: ['subject'],
    audience: 'own',
    ofPerson: true,
    erasable: true,
    ages: 'message',
  },
  /** The desk says to whoever asked that it is done, or not yet after all. */
  answer: {
    version: 1,
    writers: ['desk'],
    audience: 'own',
    ofPerson: true,
    erasable: true,
    ages: 'message',
  },
  /**
   * The bodies of the records that it names are to go. Every device of the branch may hold one of
   * them, so every device gets it; it names nobody.
   */
  erasure: { version: 1, writers: ['desk'], audience: 'branch' },
  /**
   * Whether a record that waits for a person (待核對) counts. Every device that holds the record must
   * hear of it, so every device of the branch gets it; it names nobody.
   */
  decision: { version: 1, writers: ['desk'], audience: 'branch' },
  /** The roster, or a roll, left a phone as a file. Whoever is on it may know of that (PRODUCT.md, "Who sees what"). */
  export: {
    version: 2,
    writers: ['desk'],
    audience: 'branch',
    keptLate: true,
  },
  /** A device of subject's that is theirs no more: a lost phone. What a desk may end: devices.ts. */
  revocation: {
    version: 1,
    writers: ['subject', 'desk', 'administrator'],
    audience: 'own',
    ofPerson: true,
  },
  /** All devices of subject, who has a role in the branch, are theirs no more; the server writes a revocation for each. */
  'phones-lost': {
    version: 1,
    writers: ['administrator'],
    audience: 'own',
    ofPerson: true,
  },
  /** An empty phone asks to be subject's again; only the desk that knows their voice hears of it. */
  'rejoin-request': {
    version: 1,
    writers: ['server'],
    audience: 'desk',
    ofPerson: true,
  },
  /** The desk let that phone in; subject's earlier ones end with it. */
  admission: {
    version: 1,
    writers: ['desk'],
    audience: 'own',
    ofPerson: true,
  },
  ...COUNTY_WORDS,
  /** A branch in the administrators' register. scope = the county. */
  branch: { version: 2, writers: ['administrator'], audience: 'admin' },
  /** subject holds a role in the branch from a day on, or to a day: the old secretary hands over by two of these. */
  role: {
    version: 1,
    writers: ['secretary', 'administrator'],
    audience: 'township',
    ofPerson: true,
  },
  /** The same for the administrators, who read nothing of a branch: whom a secretary handed over to. scope = the county. */
  office: { version: 1, writers: ['server'], audience: 'admin', ofPerson: true },
  /** subject leaves the branch, or is taken over from another one (transfers.ts). */
  transfer: {
    version: 1,
    writers: ['secretary'],
    audience: 'own',
    ofPerson: true,
    erasable: true,
    gives: true,
  },
  /** subject reports to this branch besides their own, by a code of their own phone, or no more (seconds.ts). */
  second: {
    version: 1,
    writers: ['desk', 'subject'],
    audience: 'own',
    ofPerson: true,
    erasable: true,
    gives: true,
  },
  /** The branch that let subject go hears that they arrived, and not where. */
  'taken-over': {
    version: 1,
    writers: ['server'],
    audience: 'desk',
    ofPerson: true,
  },
  /** What a branch is called, for all its devices. */
  about: { version: 2, writers: ['server'], audience: 'branch' },
} as const satisfies Record<string, KindRule>;

export type Kind = keyof typeof KINDS;

/** What a kind is called on the wire: self kinds all look the same there. */
export const SELF_KIND = 'self';

/** The rule of a kind, or null when there is no such kind. */
export function kindRule(kind: string): KindRule | null {
  return Object.keys(KINDS).includes(kind) ? KINDS[kind as Kind] : null;
}

/** Whether records of this kind are encrypted on the phone and travel as `self`. */
export function isSelfKind(kind: string): boolean {
  return kindRule(kind)?.audience === 'self';
}
