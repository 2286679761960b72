import type { InjectionKey } from 'vue';
import type { Script } from '#ui/use-script.ts';
import type { PwaUpdate } from './pwa-update.ts';
import type { Trouble } from './trouble.ts';

/** What the shell needs beside the router and the texts. */
export interface Shell {
  switchScript(script: Script): Promise<void>;
  update: PwaUpdate;
  trouble: Trouble;
}

export const shellKey: InjectionKey<Shell> = Symbol('shell');
