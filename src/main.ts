/** Composition root: every dependency is made here, once, and handed in. */
import '#ui/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { createTexts } from '#app/i18n.ts';
import { createLazySync } from '#app/lazy-sync.ts';
import { makeRoom } from '#app/make-room.ts';
import { askToPersist } from '#app/persist.ts';
import { browserClock, browserDatabase, browserRandom, browserStorage } from '#app/platform.ts';
import { createPwaUpdate } from '#app/pwa-update.ts';
import { createAppRouter } from '#app/router.ts';
import { createScriptMemory, preferredScript } from '#app/script-preference.ts';
import { useSession } from '#app/session.store.ts';
import { shellKey } from '#app/shell.ts';
import { catchTrouble } from '#app/trouble.ts';
import { createHalfHour, halfHourKey } from '#data/half-hour.ts';
import { healthKey } from '#data/health.port.ts';
import { joiningKey } from '#data/joining.port.ts';
import { openLedger } from '#data/ledger/create-ledger.ts';
import { databaseOf } from '#data/ledger/database.ts';
import { lacksMirrored } from '#data/ledger/mirror-head.ts';
import { ledgerWithoutStorage } from '#data/ledger/without-storage.ts';
import { movingKey } from '#data/moving.port.ts';
import { onceLinksKey } from '#data/once.port.ts';
import { createCurtain, curtainKey } from '#data/use-curtain.ts';
import { foresightKey } from '#data/retention.port.ts';
import { idsKey, randomKey } from '#data/use-ids.ts';
import { ledgerKey } from '#data/use-ledger.ts';
import { mirrorStorageKey } from '#data/mirror-storage.ts';
import { isHomeScreenApp } from '#lib/home-screen.ts';
import { createIds } from '#lib/ids.ts';
import { createPackShelf, packShelfKey } from '#packs/shelf.ts';
import { createSyncStatus, syncStatusKey } from '#sync/status.ts';
import { clockKey } from '#ui/use-clock.ts';
import type { Script } from '#ui/use-script.ts';

async function start(): Promise<void> {
  const clock = browserClock();
  const random = browserRandom();
  const ids = createIds({ clock, random });
  const storage = browserStorage();
  const app = createApp(App);
  const router = createAppRouter();
  const { trouble, note, tell, calm, saved } = catchTrouble(app, router);
  const room = { makeRoom, onSaved: saved };
  const [texts, opened] = await Promise.all([
    createTexts(preferredScript(storage)),
    openLedger({ clock, ids, random, crypto, ...room, indexedDB: browserDatabase() }),
  ]);
  const ledger = opened.ok ? opened.value : ledgerWithoutStorage(opened.error);
  if (!opened.ok) tell(opened.error);
  ledger.connection.follow((opens) => (opens ? calm : tell)('storage.failed'));
  const status = createSyncStatus();
  const told = { onError: note, onStorage: tell };
  const sync = createLazySync({ ledger, clock, random, ids, status, storage, ...told });

  // Only the first screen is there without the other texts.
  router.beforeResolve(({ path, meta }) =>
    path === '/' ? undefined : texts.complete(...(meta['desk'] ? (['desk'] as const) : [])),
  );
  app.use(createPinia()).use(texts.i18n).use(router);
  app.provide(clockKey, clock).provide(idsKey, ids).provide(randomKey, random);
  app.provide(ledgerKey, ledger).provide(joiningKey, sync.joining).provide(syncStatusKey, status);
  app.provide(curtainKey, createCurtain()).provide(onceLinksKey, sync.foresight);
  app.provide(movingKey, sync.moving).provide(healthKey, sync.health);
  app.provide(foresightKey, sync.foresight).provide(mirrorStorageKey, storage);
  const page = { document, tab: ids.next(), locks: navigator.locks };
  app.provide(halfHourKey, createHalfHour({ ledger, clock, ...page }));
  app.provide(packShelfKey, createPackShelf({ fetch: (url, init) => fetch(url, init) }));
  const memory = createScriptMemory({ db: databaseOf(ledger), storage, clock });
  const switchScript = (script: Script) => texts.show(script).then(() => memory.remember(script));
  app.provide(shellKey, { switchScript, update: createPwaUpdate(), trouble });
  useSession().follow(ledger);
  const [lost, lacks] = await Promise.all([
    memory.lost(),
    lacksMirrored(databaseOf(ledger), storage),
  ]);
  if (lost) await switchScript(lost).catch(note);
  // Only what was lost is waited for: saving before it is back would count its seq a second time.
  if (lacks) await sync.start();
  // An app on an iPhone's home screen begins empty, whatever its person has in the browser.
  const isEmpty = isHomeScreenApp(window) && location.pathname === '/';
  if (isEmpty && !(await ledger.current())) await router.replace('/join/move');
  app.mount('#app');
  void texts.complete().catch(() => undefined);
  void sync.start();
  if (await ledger.current()) await askToPersist(clock.now());
}

void start();
