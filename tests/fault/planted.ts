import type { Break } from './planted/break.ts';
import { PLANTED_AROUND_DEVICES } from './planted/devices.ts';
import { PLANTED_AROUND_ERASURE } from './planted/erasure.ts';
import { PLANTED_IN_THE_CAMERA } from './planted/camera.ts';
import { PLANTED_IN_THE_BROWSER } from './planted/browser.ts';
import { PLANTED_IN_THE_REPOSITORY } from './planted/repository.ts';
import { PLANTED_AROUND_MEETINGS } from './planted/meetings.ts';
import { PLANTED_AROUND_MOVES } from './planted/moves.ts';
import { PLANTED_IN_PROOFS } from './planted/proofs.ts';
import { PLANTED_IN_OBJECTIONS } from './planted/objections.ts';
import { PLANTED_AROUND_OWN_DATA } from './planted/own-data.ts';
import { PLANTED_ON_PHONES } from './planted/phone.ts';
import { PLANTED_IN_CHAINS } from './planted/chains.ts';
import { PLANTED_IN_JOINING } from './planted/joining.ts';
import { PLANTED_IN_RETENTION } from './planted/retention.ts';
import { PLANTED_IN_RIGHTS } from './planted/rights.ts';
import { PLANTED_IN_ROLLS } from './planted/rolls.ts';
import { PLANTED_IN_SHEETS } from './planted/sheets.ts';
import { PLANTED_ON_SERVERS } from './planted/server.ts';
import { PLANTED_IN_THE_SIMULATOR } from './planted/simulated.ts';

/** All breaks, in the order in which they are tried. */
export const PLANTED: Break[] = [
  ...PLANTED_ON_PHONES,
  ...PLANTED_IN_THE_CAMERA,
  ...PLANTED_IN_THE_BROWSER,
  ...PLANTED_ON_SERVERS,
  ...PLANTED_IN_JOINING,
  ...PLANTED_IN_THE_SIMULATOR,
  ...PLANTED_AROUND_ERASURE,
  ...PLANTED_AROUND_DEVICES,
  ...PLANTED_AROUND_MOVES,
  ...PLANTED_AROUND_MEETINGS,
  ...PLANTED_IN_CHAINS,
  ...PLANTED_AROUND_OWN_DATA,
  ...PLANTED_IN_OBJECTIONS,
  ...PLANTED_IN_RETENTION,
  ...PLANTED_IN_RIGHTS,
  ...PLANTED_IN_ROLLS,
  ...PLANTED_IN_SHEETS,
  ...PLANTED_IN_PROOFS,
  ...PLANTED_IN_THE_REPOSITORY,
];
