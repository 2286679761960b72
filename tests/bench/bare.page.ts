/** The least page with the libraries of the first screen: opens a database, reads a row, draws it. */
import { Dexie } from 'dexie';
import { createPinia } from 'pinia';
import { createApp, h } from 'vue';
import { createI18n } from 'vue-i18n';
import { createMemoryHistory, createRouter } from 'vue-router';

void mount();

async function mount(): Promise<void> {
  const db = new Dexie('bare');
  db.version(1).stores({ rows: 'id' });
  await db.table('rows').put({ id: 1, text: '好' });
  const row = (await db.table('rows').get(1)) as { text: string };
  const page = { render: () => h('p', { id: 'bare-shown' }, row.text) };
  const routes = [{ path: '/', component: page }];
  createApp(page)
    .use(createPinia())
    .use(createI18n({ legacy: false, locale: 'zh' }))
    .use(createRouter({ history: createMemoryHistory(), routes }))
    .mount('#app');
}
