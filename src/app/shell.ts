import type { InjectionKey } from 'vue';
import type { Script } from '#ui/use-script.ts';
import type { PwaUpdate } from './pwa-update.ts';

/** What the shell needs beside the router and the texts. */
export interface Shell {
  switchScript(script: Script): Promise<void>;
  update: PwaUpdate;
  /** A code of `errors` that concerns the whole phone (storage is missing); null when all is well. */
  trouble: string | null;
}

export const shellKey: InjectionKey<Shell> = Symbol('shell');
