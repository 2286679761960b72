/** As if the county had refused two records; in the page, past the app. */
export async function refuseSome(): Promise<void> {
  const opening = indexedDB.open('ledger');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const transaction = opening.result.transaction(['records', 'kept'], 'readwrite');
  const records = transaction.objectStore('records');
  const reading = records.getAll();
  await new Promise((resolve) => (reading.onsuccess = resolve));
  const rows = reading.result as Record<string, unknown>[];
  const keys = rows
    .filter((row) => row['state'] === 'sent')
    .slice(0, 2)
    .map((row, at) => {
      records.put({ ...row, state: 'refused', reason: ['writer', 'body'][at] });
      return [row['owner'], row['id'], row['hash']];
    });
  transaction.objectStore('kept').put({ owner: keys[0]?.[0], name: 'refused', value: keys });
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  opening.result.close();
}
