import type { Page } from 'playwright';

/** For the next screen's own file, from the server. */
const WALK_MS = 2_000;

/**
 * Goes to a path within the open app, as its own links do: loading the app for each screen takes most of
 * a walk's time. False where only loading brings the screen anew: the app is not open, or shows that path.
 */
export async function walkTo(page: Page, path: string): Promise<boolean> {
  const walks = await page.evaluate((to) => {
    const shown = document.querySelector('main > *');
    if (!shown || location.pathname === to) return false;
    shown.id = 'left-behind';
    history.pushState(history.state, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }));
    return true;
  }, path);
  if (!walks) return false;
  const gone = page.locator('#left-behind').waitFor({ state: 'detached', timeout: WALK_MS });
  return gone.then(
    () => true,
    () => false, // one component for both paths: it stays
  );
}
