import type { Page } from 'playwright';

const ID = '0190c3c4-0000-7000-8000-000000000';
const names = { hans: '韦国栋', hant: '韋國棟' };
const host = {
  ...{ hans: '深圳市宝安区新桥街道流动党员第一支部' },
  ...{ hant: '深圳市寶安區新橋街道流動黨員第一支部' },
};
const attended = {
  ...{ host: `${ID}050`, names: host, title: '流动党员学习会', type: 'migrant-session' },
  ...{ record: `${ID}070`, hash: 'h'.repeat(43) },
};

/** Number, kind, body, and where it is not the own branch its scope. */
const KEPT: [number, string, object, string?][] = [
  [901, 'contact-person', { member: `${ID}040`, names, from: '2026-05-04' }],
  [902, 'contact', { member: `${ID}040`, day: '2026-07-12' }],
  [
    903,
    'attended-elsewhere',
    { ...attended, activity: `${ID}061`, day: '2026-11-06', state: 'present' },
  ],
  [
    904,
    'attended-elsewhere',
    { ...attended, activity: `${ID}062`, day: '2026-11-20', state: 'online' },
  ],
  [905, 'attended-checked', { record: `${ID}903`, hash: '903'.padEnd(43, '0') }],
  [906, 'own-rules', { lines: ['不失联', '外出前和支部说一声', '不传没有核实的消息'] }],
  [907, 'about', { names: host }, `${ID}050`],
  [
    908,
    'activity',
    { type: 'migrant-session', title: '流动党员学习会', starts: 1794_915_000_000 },
    `${ID}050`,
  ],
  [909, 'check-in', { activity: `${ID}908`, state: 'online', how: 'tap' }, `${ID}050`],
];

/** An activity of the host on which this person is. */
export const ELSEWHERE = `${ID}908`;

/**
 * As if desk, members and server had written of somebody who is away: a contact person who was told long
 * ago, two activities handed in, one of them checked, one that is not, and the branch's own lines; past the app.
 */
export async function keepAway(page: Page): Promise<void> {
  await page.evaluate(keepRows, { kept: KEPT, id: ID });
  await page.reload();
}

/** In the page. */
async function keepRows({ kept, id }: { kept: typeof KEPT; id: string }): Promise<void> {
  const opening = indexedDB.open('ledger');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const transaction = opening.result.transaction(['records'], 'readwrite');
  const records = transaction.objectStore('records');
  const reading = records.getAll();
  await new Promise((resolve) => (reading.onsuccess = resolve));
  const rows = reading.result as Record<string, unknown>[];
  const like = rows.find((row) => row['kind'] === 'member');
  const nobody = ['own-rules', 'about', 'activity'];
  for (const [n, kind, body, scope = like?.['scope']] of kept)
    records.put({
      ...{ ...like, id: `${id}${n}`, hash: `${n}`.padEnd(43, '0'), kind, topic: kind, scope },
      ...{ subject: nobody.includes(kind) ? null : like?.['subject'], text: JSON.stringify(body) },
      ...{ state: 'received', device: `${id}999`, seq: n, n: 9_000 + n, day: '2026-11-20' },
    });
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  opening.result.close();
}
