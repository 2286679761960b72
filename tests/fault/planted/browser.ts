import type { Break } from './break.ts';

const WORKER = 'src/sw/sw.ts';
const UPDATE = 'src/app/pwa-update.ts';
const CLAIM =
  "self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));";

/** What only a real browser shows: its disk, its workers, its frozen and crowded pages. */
export const PLANTED_IN_THE_BROWSER: Break[] = [
  {
    name: 'commits-stay-in-memory',
    ids: ['D-01'],
    file: 'src/data/ledger/database.ts',
    find: "chromeTransactionDurability: 'strict',",
    replace: "chromeTransactionDurability: 'relaxed',",
    build: true,
  },
  {
    name: 'years-are-never-read',
    ids: ['D-17'],
    file: 'src/data/use-live-later.ts',
    find: 'is && !was && afterPaint(begin)',
    replace: 'is && was && afterPaint(begin)',
    build: true,
  },
  {
    name: 'failed-install-counts-as-done',
    ids: ['P-01'],
    file: WORKER,
    find: 'precacheAndRoute(self.__WB_MANIFEST);',
    replace:
      'const wait = ExtendableEvent.prototype.waitUntil;\nExtendableEvent.prototype.waitUntil = function (work) {\n  return wait.call(this, Promise.resolve(work).catch(() => undefined));\n};\nprecacheAndRoute(self.__WB_MANIFEST);',
    build: true,
  },
  {
    name: 'saved-before-it-is',
    ids: ['D-02', 'D-04', 'S-10'],
    file: 'src/features/study/useAddStudy.ts',
    find: "const written = await ledger.write({ kind: 'study', body: read.value });",
    replace:
      "saved.value = read.value.minutes;\n    await new Promise((done) => setTimeout(done, 3_000));\n    const written = await ledger.write({ kind: 'study', body: read.value });",
    build: true,
  },
  {
    name: 'asks-to-persist-at-each-start',
    ids: ['D-11'],
    file: 'src/app/persist.ts',
    find: 'if (now - Number(localStorage.getItem(ASKED_KEY) ?? 0) < ASK_AGAIN_MS) return;',
    replace: '',
    build: true,
  },
  {
    name: 'full-phone-gives-nothing-up',
    ids: ['D-12'],
    file: 'src/data/ledger/write.ts',
    find: 'return (await deps.makeRoom?.()) ? tryWriting(deps, drafts) : written;',
    replace: 'return written;',
  },
  {
    name: 'newer-worker-takes-over-by-itself',
    ids: ['P-03'],
    file: WORKER,
    find: CLAIM,
    replace: `${CLAIM}\nself.addEventListener('install', () => void self.skipWaiting());`,
    build: true,
  },
  {
    name: 'asks-to-update-with-records-waiting',
    ids: ['P-03'],
    file: 'src/App.vue',
    find: 'session.unsent === 0 &&',
    replace: '',
    build: true,
  },
  {
    name: 'worker-that-cannot-be-had-is-unregistered',
    ids: ['P-05'],
    file: UPDATE,
    find: "const registration = await navigator.serviceWorker.register('/sw.js').catch(() => null);",
    replace:
      "const answer = await fetch('/sw.js', { cache: 'no-store' }).catch(() => null);\n    if (answer && !answer.headers.get('content-type')?.includes('javascript')) return void (await navigator.serviceWorker.getRegistration())?.unregister();\n    const registration = await navigator.serviceWorker.register('/sw.js').catch(() => null);",
    build: true,
  },
  {
    name: 'worker-carries-what-is-sent',
    ids: ['P-08'],
    file: WORKER,
    find: CLAIM,
    replace: `${CLAIM}\nregisterRoute(({ url }) => url.pathname.startsWith('/api/'), ({ request }) => fetch(request), 'POST');`,
    build: true,
  },
  {
    name: 'frozen-page-waits-for-its-timer',
    ids: ['P-09'],
    file: 'src/sync/triggers.ts',
    find: "document.addEventListener('resume', run);",
    replace: '',
  },
  {
    name: 'recalled-worker-stays',
    ids: ['P-12'],
    file: 'src/server/http/worker-off.ts',
    find: 'await self.registration.unregister();',
    replace: '',
    build: true,
  },
];
