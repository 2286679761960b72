/** The part of the table of kinds (kinds.ts) that concerns members who are away (流動黨員). */
import type { KindRule } from './kind-rule.ts';

/** All of them are about one person, and the desk's to erase. */
const OF_ONE = { version: 1, audience: 'own', ofPerson: true, erasable: true } as const;

export const MIGRANT_KINDS = {
  /** The branch's own 「五不」. */
  'own-rules': {
    ...{ version: 1, writers: ['desk'], audience: 'branch', erasable: true },
  },
  /** 「交給家裏支部」: where else subject took part. scope = the home branch; no number of it counts one. */
  'attended-elsewhere': { ...OF_ONE, writers: ['subject'], ages: 'roll' },
  /** The county's server holds the host's line that such a record names, and it stands. */
  'attended-checked': { ...OF_ONE, writers: ['server'], ages: 'roll' },
  /** subject is somebody's contact person, with the name that they are to call. */
  'contact-person': { ...OF_ONE, writers: ['desk'] },
  /** One contact date; read by subject, who is the contact person, and by the secretary (contacts.ts). */
  contact: {
    ...{ ...OF_ONE, writers: ['subject', 'secretary'], audience: 'pair', ages: 'message' },
  },
} as const satisfies Record<string, KindRule>;
