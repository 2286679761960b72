import type { RouterScrollBehavior } from 'vue-router';

/** A page that is still short after this long will not grow to where it was. */
const WAIT_MS = 1_500;

/**
 * Back to where a page was left. Its rows are read and drawn after it is there, so it is waited for
 * until it is long enough; whoever scrolls or taps meanwhile is left where they are.
 */
export const scrollPlace: RouterScrollBehavior = async (_to, _from, saved) => {
  if (!saved || saved.top === 0) return saved ?? { top: 0 };
  return (await longEnough(saved.top)) ? saved : false;
};

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
      if (scrollHeight - clientHeight >= top) end(true);
      else if (performance.now() > until) end(true);
      else requestAnimationFrame(look);
    };
    for (const event of TOUCHES) addEventListener(event, touch, true);
    look();
  });
}

const TOUCHES = ['pointerdown', 'wheel', 'keydown'] as const;
