/** Schedules that violated something once, in their smallest form, by what was wrong; they run with every S-19. */
import type { Schedule } from './steps.ts';

export const FAILED: Record<string, Schedule> = {
  'a receipt lost before a role ended made the record refused': {
    seed: 1,
    steps: [
      { do: 'line', phone: 1, fault: 'answer-lost', at: 0 },
      { do: 'write', phone: 1, draft: 'activity', count: 1, about: 0, choice: 0 },
      { do: 'pass', ms: 400 },
      { do: 'role', phone: 1, role: 'member' },
    ],
  },
  'a desk that was revoked taps on, and what it tapped counts in the model': {
    seed: 1,
    steps: [
      { do: 'role', phone: 4, role: 'secretary' },
      { do: 'write', phone: 0, draft: 'activity', count: 1, about: 0, choice: 0 },
      { do: 'pass', ms: 400 },
      { do: 'pass', ms: 310_000 },
      { do: 'revoke', phone: 4 },
      { do: 'write', phone: 4, draft: 'check-in', count: 1, about: 1, choice: 0 },
      { do: 'pass', ms: 400 },
    ],
  },
};

/** The same for what depends on how fast the machine was: by seed, whole. */
export const FAILED_SEEDS: Record<string, number> = {
  'the server went back while it still stored what a dead phone had sent': 1_000_182,
  'a role ended while the server still answered what a dead phone had sent': 47,
  'a receipt beside a new epoch went with a server that was copied back before its page came': 1313,
};
