import type { RouterScrollBehavior } from 'vue-router';

/** A page that is still short after this long will not grow to where it was. */
const WAIT_MS = 1_500;
const TOUCHES = ['pointerdown', 'wheel', 'keydown'] as const;

/**
 * Where a page that is opened stands. A new one at its top: what is there already is left alone, for a
 * scroll has the browser lay out a page that has nothing on it yet. One that is gone back to where it was
 * left: its rows are read and drawn after it is there, so it is waited for until it is long enough;
 * whoever scrolls or taps meanwhile is left where they are.
 */
export function createScrollPlace(): RouterScrollBehavior {
  let atTop = true;
  addEventListener('scroll', () => (atTop = scrollY === 0), { passive: true });
  return async (_to, _from, saved) => {
    if (!saved) return atTop ? false : { top: 0 };
    return saved.top === 0 || (await longEnough(saved.top)) ? saved : false;
  };
}

/** Whether the page may be scrolled so far; false where somebody has touched it first. */
function longEnough(top: number): Promise<boolean> {
  const until = performance.now() + WAIT_MS;
  return new Promise((done) => {
    const touch = () => end(false);
    const end = (is: boolean) => {
      for (const event of TOUCHES) removeEventListener(event, touch, true);
      done(is);
    };
    const look = () => {
      const { scrollHeight, clientHeight } = document.documentElement;
      if (scrollHeight - clientHeight >= top || performance.now() > until) end(true);
      else requestAnimationFrame(look);
    };
    for (const event of TOUCHES) addEventListener(event, touch, true);
    look();
  });
}
