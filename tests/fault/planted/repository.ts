import type { Break } from './break.ts';

/** What is wrong with the packages and with the gates that watch pages. */
export const PLANTED_IN_THE_REPOSITORY: Break[] = [
  {
    name: 'new-install-script',
    ids: ['X-23'],
    file: 'package-lock.json',
    find: '"node_modules/vue": {',
    replace: '"node_modules/vue": {\n      "hasInstallScript": true,',
  },
  {
    name: 'package-from-elsewhere',
    ids: ['X-23'],
    file: 'package-lock.json',
    find: '"node_modules/vue-router": {',
    replace: '"node_modules/vue-router": {\n      "resolved": "https://elsewhere.example/x.tgz",',
  },
];
