/** The part of the table of kinds (kinds.ts) in which people and their county speak past the branches. */
import type { KindRule } from './kind-rule.ts';

export const COUNTY_WORDS = {
  /** Words of subject to those who run the county, past the branch. scope = the county. */
  complaint: {
    version: 1,
    writers: ['anybody'],
    audience: 'sponsor',
    ofPerson: true,
    ages: 'message',
  },
  /** An administrator says that a complaint is answered, or not yet after all. scope = the county. */
  'complaint-answer': {
    version: 1,
    writers: ['administrator'],
    audience: 'sponsor',
    ages: 'message',
  },
  /** The same, told to subject by the server alone. scope = subject's own, so that no branch hears of it. */
  'complaint-told': {
    version: 1,
    writers: ['server'],
    audience: 'own',
    ofPerson: true,
  },
  /** How long the county keeps things, from a day on (retention.ts). scope = the county. */
  retention: { version: 1, writers: ['administrator'], audience: 'admin' },
  /** What of it holds now, for every member to read. */
  keeping: { version: 1, writers: ['server'], audience: 'branch' },
} as const satisfies Record<string, KindRule>;
