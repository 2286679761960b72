import { readonly, shallowRef, type App, type Ref } from 'vue';

/** A code of `errors` in locales/ that concerns the whole phone; null when all is well. */
export type Trouble = Readonly<Ref<string | null>>;

/** A bug: said in one sentence, told in full to whoever reads the console. */
const UNEXPECTED = 'app.unexpected';

/**
 * The last net of the page: what no screen expected ends here, from Vue, from promises and from the
 * sync loop. Nothing is lost by it: records are written in transactions of their own.
 */
export function catchTrouble(
  app: App,
  atStart: string | null,
): { trouble: Trouble; note: (error: unknown) => void } {
  const trouble = shallowRef(atStart);
  const note = (error: unknown) => {
    console.error(error);
    trouble.value ??= UNEXPECTED;
  };
  app.config.errorHandler = note;
  window.addEventListener('unhandledrejection', (event) => note(event.reason));
  return { trouble: readonly(trouble), note };
}
