import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import vue from '@vitejs/plugin-vue';
import { searchChromium } from './tests/support/chromium.ts';

/** `npm run check` needs none. */
const executablePath = searchChromium();

/** Files of one project share their workers: beginning a process for each costs more than most tests. */
const node = (name: string, extra: object = {}) => ({
  extends: true as const,
  test: {
    name,
    environment: 'node',
    include: [`tests/${name}/**/*.test.ts`],
    isolate: false,
    ...extra,
  },
});

/** A zone that is neither UTC nor Shanghai, so that a day taken from the wrong clock shows. */
process.env['TZ'] = 'America/St_Johns';

/**
 * Browser faults that take minutes of their own, and what only strace can see: `npm run faults` runs
 * them. All else has ten minutes on two cores.
 */
const isFaultRun = Boolean(process.env['RIXUE_FAULTS']);
const LONG_ALONE = isFaultRun ? [] : ['tests/e2e/{long-*,faults-*,strace}.test.ts'];

export default defineConfig({
  plugins: [vue()],
  test: {
    testTimeout: 20_000,
    // Left alone it takes one of two cores; the projects that drive a browser take turns all the same.
    maxWorkers: 2,
    hookTimeout: 60_000,
    projects: [
      node('unit'),
      node('data'),
      node('meta'),
      node('server'),
      node('fault', { testTimeout: 120_000 }),
      node('e2e', {
        exclude: LONG_ALONE,
        testTimeout: 180_000,
        hookTimeout: 120_000,
        fileParallelism: false,
        // After the others, where one run has both: those keep two workers busy.
        sequence: { groupOrder: 1 },
      }),
      {
        extends: true as const,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath && { executablePath }),
                args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
