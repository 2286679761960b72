import type { InjectionKey } from 'vue';
import type { MirrorStorage } from './ledger/mirror-head.ts';

/** Provided once by main.ts; undefined where the browser has no such storage. */
export const mirrorStorageKey: InjectionKey<MirrorStorage | undefined> = Symbol('mirror storage');
