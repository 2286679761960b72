/** The parts of a browser that say whether it is an app on an iPhone's home screen. */
export interface AppBrowser {
  navigator: { userAgent: string; standalone?: boolean };
  matchMedia?: ((query: string) => { matches: boolean }) | undefined;
}

/**
 * Whether this is an app that was added to the home screen of an iPhone or iPad. It has a store of its
 * own, which begins empty, whatever its person has in Safari; on Android both share one.
 */
export function isHomeScreenApp({ navigator, matchMedia }: AppBrowser): boolean {
  if (navigator.standalone !== undefined) return navigator.standalone;
  const isIos = /iPhone|iPad|iPod/.test(navigator.userAgent);
  return isIos && (matchMedia?.('(display-mode: standalone)').matches ?? false);
}
