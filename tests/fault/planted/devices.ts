import type { Break } from './break.ts';

const RIGHTS = 'src/domain/devices.ts';
const AGAIN = 'src/server/modules/joining/again.usecases.ts';

/** What is wrong with lost phones and with who is let in again. */
export const PLANTED_AROUND_DEVICES: Break[] = [
  {
    name: 'lost-phones-told-again-end-the-next-one',
    ids: ['X-11'],
    file: 'src/server/modules/organisation/devices.usecases.ts',
    find: 'if (await wasEndedSince(tx, { scope, person: subject, n })) return;',
    replace: '',
  },
  {
    name: 'desk-that-ends-a-secretarys-phone',
    ids: ['X-06'],
    file: RIGHTS,
    find: 'return author === subject || (here.length > 0 && (administers || isPlain));',
    replace: 'return author === subject || here.length > 0;',
  },
  {
    name: 'committee-that-lets-itself-in-as-secretary',
    ids: ['X-06'],
    file: RIGHTS,
    find: 'return !here.some(({ role }) => isDesk(role)) || isSecretary;',
    replace: 'return here.length >= 0 || isSecretary;',
  },
  {
    name: 'revocation-that-ends-nothing',
    ids: ['X-11'],
    file: 'src/server/modules/organisation/devices.usecases.ts',
    find: 'if ((await endDevices(tx, scope, n)) === 0) return;',
    replace: 'if (n > 0) return;',
  },
  {
    name: 'admission-that-leaves-the-lost-phone-in',
    ids: ['X-11'],
    file: 'src/server/modules/organisation/devices.usecases.ts',
    find: '    await endDevices(tx, scope, n);\n',
    replace: '',
  },
  {
    name: 'asking-under-somebodys-id',
    ids: ['X-09'],
    file: AGAIN,
    find: 'if (isTaken || (key',
    replace: 'if ((key',
  },
  {
    name: 'asking-without-end',
    ids: ['X-08'],
    file: AGAIN,
    find: "if ((await countAsking(tx, { scope, person })) >= ASKING_MAX) return fail('invitation.asked');",
    replace: '',
  },
];
