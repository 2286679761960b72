/** The breaks: one line each that makes the code wrong in a way that somebody could write one day. */
import type { FaultId } from './ids.ts';

export type Break = {
  /** What is wrong then, in a few words with hyphens. */
  name: string;
  /** The faults whose tests must notice. */
  ids: FaultId[];
  file: string;
  /** Text that is in the file exactly once; a meta test checks it. */
  find: string;
  replace: string;
  /** Whether the tests look at the built app: it is built again in the copy. */
  build?: boolean;
};

export const PLANTED: Break[] = [
  {
    name: 'falls-back-to-plain-http',
    ids: ['X-18'],
    file: 'src/sync/fetch-transport.ts',
    find: '// fetch tells no cause apart: no route, refused, cut, certificate.',
    replace:
      "await fetch((server + path).replace('https:', 'http:'), requestOf(packet, token, AbortSignal.timeout(500))).catch(() => {});",
  },
  {
    name: 'new-install-script',
    ids: ['X-23'],
    file: 'package-lock.json',
    find: '"node_modules/vue": {',
    replace: '"node_modules/vue": {\n      "hasInstallScript": true,',
  },
  {
    name: 'lock-never-held',
    ids: ['V-03'],
    file: 'src/server/db/cluster-lock.mjs',
    find: "if (holder) return { state: 'held', pid: holder.pid };",
    replace: '',
  },
];
