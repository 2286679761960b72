import { fileURLToPath } from 'node:url';
import { measureWeight } from '#tests/support/weight.ts';
import type { Emit } from './bench.ts';

const APP_DIR = fileURLToPath(new URL('../../dist/app', import.meta.url));

/** Weighs the built app as the server sends it; `npm run bench` has built it before. */
export async function run(emit: Emit): Promise<void> {
  const weight = await measureWeight(process.env['APP_DIR'] ?? APP_DIR);
  emit({ figure: 'first-screen', value: weight.firstScreen, unit: 'B' });
  emit({ figure: 'shell', value: weight.shell, unit: 'B' });
  emit({ figure: 'shell-files', value: weight.shellFiles, unit: 'files' });
  emit({ figure: 'role-desk', value: weight.roles.desk, unit: 'B' });
  emit({ figure: 'role-publish', value: weight.roles.publish, unit: 'B' });
  emit({ figure: 'report-pack', value: weight.reportPack, unit: 'B' });
}
