/** The tables as Kysely sees them; the truth is in migrations/. Numbers of bigint columns are safe integers. */
import type { Generated, JSONColumnType } from 'kysely';
import type { Audience } from '#domain/audience.ts';
import type { Names } from '#domain/bodies/shared.ts';
import type { Role } from '#domain/roles.ts';

interface CountyTable {
  /** The county's id. */
  scope: string;
  epoch: string;
  names: JSONColumnType<Names>;
  demo: boolean;
  server_device: string;
  server_seq: Generated<number>;
  /** False until its first invitations are made: a county that was cut off is made anew. */
  ready: Generated<boolean>;
}

interface ScopesTable {
  scope: string;
  kind: 'branch' | 'township' | 'county' | 'person';
  parent: string | null;
  names: JSONColumnType<Names> | null;
  township: JSONColumnType<Names> | null;
  /** Number of the record that gave the names. */
  named: Generated<number>;
  n: Generated<number>;
  tag: Generated<Buffer>;
}

/** What a stored record has; self rows have null in everything that is not in their wire header. */
export interface RecordsTable {
  scope: string;
  n: number;
  id: string;
  hash: Buffer;
  kind: string;
  v: number | null;
  subject: string | null;
  author: string | null;
  device: string;
  seq: number;
  day: string | null;
  at: number | null;
  offset_ms: number | null;
  offset_age: number | null;
  /** Null, like body, once erased. */
  salt: string | null;
  body: string | null;
  audience: Audience;
  confirm: string | null;
  tag: Buffer;
  received: number | null;
  /** Hash of salt and body, once they are erased. */
  erased: Buffer | null;
}

interface GrantsTable {
  scope: string;
  person: string;
  role: Role;
  from_day: string;
  to_day: string | null;
  n: Generated<number>;
}

interface DevicesTable {
  /** The person's own scope. */
  scope: string;
  person: string;
  device: string;
  token_hash: Buffer;
  public_key: string | null;
  /** Last acknowledged seq, written when the device is revoked. */
  last_seq: number | null;
  created_day: string;
  revoked: number | null;
  /** Server time, ms, from which it is over by itself; null where it was not lent. */
  ends: number | null;
}

interface InvitationsTable {
  scope: string;
  hash: string;
  person: string;
  role: Role;
  /** Null where the person's name stands in the scope's records. */
  names: JSONColumnType<Names> | null;
  expires: number;
  used_device: string | null;
  used_token_hash: Buffer | null;
}

interface SealsTable {
  scope: string;
  device: string;
  up_to: number;
  head: string;
  signature: string;
}

/** One hash of one seq of a device's chain; scope = the person's own. */
interface ChainLinksTable {
  scope: string;
  device: string;
  seq: number;
  hash: Buffer;
  sealed: Generated<boolean>;
}

interface ChainsTable {
  scope: string;
  device: string;
  /** Verified up to here, with this head. */
  seq: Generated<number>;
  head: Generated<Buffer>;
  /** The highest seq, and how many different ones are known. */
  top: Generated<number>;
  known: Generated<number>;
  /** How many records came after the device's end. */
  handed_in: Generated<number>;
}

/** A role that is over: up to where its person's device was verified when it ended. */
interface RoleEndsTable {
  /** The branch's. */
  scope: string;
  person: string;
  role: Role;
  device: string;
  sealed_to: number;
}

/** A device that went on as another. */
interface RenewalsTable {
  scope: string;
  device: string;
  renewed_as: string;
}

/** An empty phone that asked to be let in again as somebody. */
interface RejoinRequestsTable {
  /** The branch's. */
  scope: string;
  /** Id of the record by which the desk hears of it. */
  request: string;
  person: string;
  /** Hash of the invitation by which it was asked. */
  invitation: string;
  device: string;
  token_hash: Buffer;
  public_key: string | null;
  /** Server time, ms. */
  asked: number;
}

/** The code by which another device of a person is let in; scope = the person's own. */
interface MovesTable {
  scope: string;
  person: string;
  /** By which it was made. */
  device: string;
  lookup: string;
  sealed: string;
  hours: number | null;
  /** Server time, ms. */
  until: number;
  used_device: string | null;
  used_token_hash: Buffer | null;
}

/** Somebody on the way between two branches; scope = the person's own. */
interface TransfersTable {
  scope: string;
  code: string;
  /** The branch that let them go, from which day on; null while its record has not come. */
  from_scope: string | null;
  from_day: string | null;
  /** The branch that took them over, from which day on, and the number of its record; the first one stands. */
  to_scope: string | null;
  to_day: string | null;
  to_n: number | null;
  stayed: Generated<boolean>;
}

/** A code by which somebody reported to a second branch; scope = the person's own. */
interface ReportCodesTable {
  scope: string;
  nonce: string;
  /** The branch that it opened. */
  branch: string;
}

/** Who brought a record, where another device than its own did. */
interface CarriedTable {
  scope: string;
  id: string;
  hash: Buffer;
  device: string;
}

/** A night on which things went by age; scope = the county. */
interface RetentionRunsTable {
  scope: string;
  day: string;
  /** What its batches took so far. */
  counts: JSONColumnType<Record<string, number>>;
  done: Generated<boolean>;
}

export interface Schema {
  county: CountyTable;
  scopes: ScopesTable;
  records: RecordsTable;
  grants: GrantsTable;
  devices: DevicesTable;
  invitations: InvitationsTable;
  seals: SealsTable;
  chain_links: ChainLinksTable;
  chains: ChainsTable;
  renewals: RenewalsTable;
  role_ends: RoleEndsTable;
  carried: CarriedTable;
  rejoin_requests: RejoinRequestsTable;
  transfers: TransfersTable;
  moves: MovesTable;
  report_codes: ReportCodesTable;
  retention_runs: RetentionRunsTable;
}
