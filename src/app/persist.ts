/** Asked at most this often: some browsers put the question to the person (D-11). */
const ASK_AGAIN_MS = 7 * 86_400_000;
const ASKED_KEY = 'rixue.asked-to-persist';

/**
 * Asks the browser not to clear this app's storage when room is short. Only once somebody has
 * joined and never on the joining screen; most browsers decide without asking anybody.
 */
export async function askToPersist(now: number): Promise<void> {
  try {
    if (now - Number(localStorage.getItem(ASKED_KEY) ?? 0) < ASK_AGAIN_MS) return;
    if (await navigator.storage.persisted()) return;
    localStorage.setItem(ASKED_KEY, String(now));
    await navigator.storage.persist();
  } catch {
    // Not offered here, or storage is forbidden: 我的手機 says how it stands.
  }
}
