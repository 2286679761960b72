/** Every migration in its order. A new one is added at the end; an old one is never touched. */
import { migration0001 } from './migrations/0001-records.ts';
import { migration0002 } from './migrations/0002-people.ts';
import { migration0003 } from './migrations/0003-chains.ts';
import { migration0004 } from './migrations/0004-erasure.ts';
import { migration0005 } from './migrations/0005-acts.ts';
import { migration0006 } from './migrations/0006-handover.ts';
import { migration0007 } from './migrations/0007-devices.ts';
import { migration0008 } from './migrations/0008-transfer.ts';
import { migration0009 } from './migrations/0009-complaints.ts';
import { migration0010 } from './migrations/0010-moves.ts';
import { migration0011 } from './migrations/0011-second.ts';
import { migration0012 } from './migrations/0012-retention.ts';

/** One step of the schema: SQL that runs whole in one transaction. */
export interface Migration {
  name: string;
  sql: string;
}

export const migrations: readonly Migration[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
  migration0010,
  migration0011,
  migration0012,
];
