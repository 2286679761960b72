/** Why joining can't work here. Asked before anything is spent. */
export type PhoneTrouble = 'wechat-ios' | 'insecure' | 'no-storage';

/** The parts of the browser that joining needs; handed in, so that a test can take them away. */
export interface PhoneBrowser {
  isSecureContext: boolean;
  crypto?: { subtle?: unknown } | undefined;
  indexedDB?: IDBFactory | undefined;
  navigator: { userAgent: string; serviceWorker?: unknown };
}

/** A database that is opened and removed again, to see whether this browser keeps anything. */
const PROBE = 'rixue-probe';

/**
 * What stands in the way on this phone, or null. WeChat on iOS has no service worker, so the app
 * would not open without a network; plain http has no keys; a private window may keep nothing.
 */
export async function phoneTrouble(browser: PhoneBrowser = window): Promise<PhoneTrouble | null> {
  const { userAgent, serviceWorker } = browser.navigator;
  if (/MicroMessenger/i.test(userAgent) && /iPhone|iPad|iPod/i.test(userAgent) && !serviceWorker)
    return 'wechat-ios';
  if (!browser.isSecureContext || !browser.crypto?.subtle) return 'insecure';
  return (await keeps(browser)) ? null : 'no-storage';
}

async function keeps(browser: PhoneBrowser): Promise<boolean> {
  try {
    const factory = browser.indexedDB;
    if (!factory) return false;
    await new Promise<void>((resolve, reject) => {
      const opening = factory.open(PROBE);
      opening.onerror = () => reject(new Error('no storage'));
      opening.onsuccess = () => {
        opening.result.close();
        factory.deleteDatabase(PROBE);
        resolve();
      };
    });
    return true;
  } catch {
    // Reading the property itself throws where cookies are blocked.
    return false;
  }
}

/** The secret of a link's fragment, or null when it was cut or mangled on its way. */
export function secretOf(hash: string): string | null {
  return /^#?([\w-]{43})(?![\w-])/.exec(hash)?.[1] ?? null;
}
