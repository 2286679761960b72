import { readonly, shallowRef, type App, type Ref } from 'vue';
import type { Router } from 'vue-router';

/** A code of `errors` in locales/ that concerns the whole phone; null when all is well. */
export type Trouble = Readonly<Ref<string | null>>;

/** A bug: said in one sentence, told in full to whoever reads the console. */
const UNEXPECTED = 'app.unexpected';
/** A half hour or a draft that could not be kept. */
const FULL = 'write.full';
/** A screen whose file is neither on the phone nor to be had now; over with the next screen that opens. */
const NOT_HERE = 'app.not-here';

export interface TroubleDesk {
  trouble: Trouble;
  /** A bug, or what no screen expected. */
  note(error: unknown): void;
  /** What a part of the app found out that concerns every screen. */
  tell(code: string): void;
  /** This is over. */
  calm(code: string): void;
  /** A record was saved and read back: the phone is not full, or no longer. */
  saved(): void;
}

/**
 * The last net of the page: what no screen expected ends here, from Vue, from promises and from the
 * sync loop. Nothing is lost by it: records are written in transactions of their own.
 */
export function catchTrouble(app: App, router: Router): TroubleDesk {
  const trouble = shallowRef<string | null>(null);
  const note = (error: unknown) => {
    console.error(error);
    const isFull = /QuotaExceeded/.test(String(error)); // also inside an aborted transaction's error
    trouble.value ??= isFull ? FULL : UNEXPECTED;
  };
  router.onError(() => (trouble.value ??= NOT_HERE));
  router.afterEach(() => {
    if (trouble.value === NOT_HERE) trouble.value = null;
  });
  app.config.errorHandler = note;
  window.addEventListener('unhandledrejection', (event) => note(event.reason));
  return {
    trouble: readonly(trouble),
    note,
    tell(code) {
      // A storage that fails is the cause of whatever else was noted before.
      if (trouble.value === null || code.startsWith('storage.')) trouble.value = code;
    },
    calm(code) {
      if (trouble.value === code) trouble.value = null;
    },
    saved() {
      if (trouble.value === FULL) trouble.value = null;
    },
  };
}
