import type { Break } from './break.ts';

const JOINING = 'src/server/modules/joining/joining.usecases.ts';

/** What is wrong with invitations and with who is let in again. */
export const PLANTED_IN_JOINING: Break[] = [
  {
    name: 'lost-join-spends-the-invitation',
    ids: ['S-02'],
    file: JOINING,
    find: 'return usedDevice === device && !usedEnded && usedTokenHash?.equals(tokenHash(token)) === true;',
    replace:
      'return false && usedDevice === device && !usedEnded && usedTokenHash?.equals(tokenHash(token));',
  },
  {
    name: 'invitation-used-again',
    ids: ['X-08'],
    file: JOINING,
    find: "if (invitation.usedDevice && !again) return fail('invitation.used');",
    replace: '',
  },
  {
    name: 'looking-at-a-used-invitation',
    ids: ['X-08'],
    file: JOINING,
    find: "if (invitation.usedDevice) return fail('invitation.used');",
    replace: '',
  },
  {
    name: 'invitation-without-an-end',
    ids: ['X-08'],
    file: JOINING,
    find: "if (clock.now() >= invitation.expires) return 'invitation.expired';",
    replace: '',
  },
  {
    name: 'invitation-as-long-as-the-phone-says',
    ids: ['X-08'],
    file: 'src/server/modules/organisation/organisation.usecases.ts',
    find: 'expires: Math.min(expires, latest),',
    replace: 'expires,',
  },
  {
    name: 'two-joins-at-once',
    ids: ['X-08'],
    file: 'src/server/modules/joining/joining.repository.ts',
    find: "${lock === 'lock' ? sql`for update of i` : sql``}",
    replace: '',
  },
  {
    name: 'cookies-for-any-site-that-asks',
    ids: ['X-02'],
    file: 'src/server/http/token-cookie.ts',
    find: "return type.startsWith('application/json') && (site === null || site === 'same-origin');",
    replace: "return type !== '' || site !== null;",
  },
];
