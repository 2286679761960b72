import { keepTokens, recallPeople, type RecallDeps } from '#sync/recall.ts';
import type { Clock } from '#lib/clock.ts';

export interface CareDeps extends RecallDeps {
  clock: Clock;
  /** What every screen has to say: `storage.recalled`, `storage.emptied`. */
  onStorage: (code: string) => void;
  onRecalled: () => void;
}

/**
 * The cookies beside the database: where nobody is known any more they are asked for, once a start and
 * again when the network comes; else they are kept fresh. A browser that threw away what was stored,
 * with nobody coming back, is told too. Cookies are laid down over https alone.
 */
export async function careForTokens(deps: CareDeps): Promise<void> {
  const { ledger, onStorage } = deps;
  const isSecure = location.protocol === 'https:';
  const came = isSecure ? await recallPeople(deps) : 0;
  if (came === null) return askWhenOnline(deps);
  if (came > 0) {
    onStorage('storage.recalled');
    deps.onRecalled();
  } else if (ledger.connection.lostData() && !(await ledger.current()))
    onStorage('storage.emptied');
  else if (isSecure) await keepTokens(deps);
}

function askWhenOnline(deps: CareDeps): void {
  window.addEventListener('online', () => void careForTokens(deps), { once: true });
}
