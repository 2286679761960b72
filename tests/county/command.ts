/**
 * `npm run simulate -- --county`: a whole county to look at and to measure, in a data folder of its
 * own. The same seed makes the same places and people; ids, keys and invitations are new each time.
 */
import { fail, ok, type Result } from '#lib/result.ts';
import { prepareDatabase } from '#server/prepare-database.ts';
import { machineSources } from '#server/sources.ts';
import { withDatabase } from '#server/tasks/with-database.ts';
import { planCounty, type CountyPlan } from './plan-county.ts';
import { seedCounty } from './seed-county.ts';

/** What the issue names: a county of the south-west. */
const BRANCHES = 300;
const MEMBERS = 20_000;
const SEED = 1;
/** Never the folder of `npm start`: a county in use is not to be mistaken for this one. */
const DATA_DIR = './var/simulated-county';
/** A sign of life this often. */
const TELL_EVERY = 50;

type Options = Record<string, unknown>;

/** Makes it and returns what to print, or the sentence of what stood in the way. */
export async function makeCountyToLookAt(
  options: Options,
  env: Record<string, string | undefined>,
): Promise<Result<string[], string>> {
  const size = {
    branches: Number(options['branches'] ?? BRANCHES),
    members: Number(options['members'] ?? MEMBERS),
    seed: Number(options['seed'] ?? SEED),
  };
  if (!isSize(size)) return fail(WRONG_SIZE);
  const dataDir = env['DATA_DIR'] || DATA_DIR;
  const place = { dataDir, url: env['DATABASE_URL'], beside: false };
  const began = performance.now();
  return withDatabase(place, async (poolConfig) => {
    const sources = machineSources();
    const wish = { seed: 'empty' as const, demoByDefault: false };
    const prepared = await prepareDatabase({ dataDir, poolConfig }, wish, sources);
    if (!prepared.ok) return prepared;
    const { database, invitations } = prepared.value;
    try {
      if (invitations.length === 0) return fail(taken(dataDir));
      const plan = planCounty(size);
      const secretary = await seedCounty({ ...sources, database }, plan, tellSometimes);
      const seconds = Math.round((performance.now() - began) / 1000);
      const start = env['DATABASE_URL'] ? '' : `DATA_DIR=${dataDir} `;
      return ok([
        `${townships(plan)} townships, ${size.branches} branches, ${size.members} members, seed ${size.seed}, ${seconds} s`,
        `data ${env['DATABASE_URL'] ? 'DATABASE_URL' : dataDir}`,
        `start ${start}npm start`,
        ...[...invitations, secretary].map(({ role, secret }) => line(env, role, secret)),
      ]);
    } finally {
      await database.close();
    }
  });
}

const townships = ({ branches }: CountyPlan) =>
  new Set(branches.map(({ township }) => township.hans)).size;

function tellSometimes(branches: number): void {
  if (branches % TELL_EVERY === 0) process.stderr.write(`${branches} branches\n`);
}

function line(env: Record<string, string | undefined>, role: string, secret: string): string {
  const url = env['PUBLIC_URL'] || `http://localhost:${env['PORT'] || 8080}`;
  return `invitation ${role} ${url.replace(/\/+$/, '')}/join#${secret}`;
}

function isSize({ branches, members, seed }: { branches: number; members: number; seed: number }) {
  const whole = [branches, members, seed].every((value) => Number.isInteger(value) && value > 0);
  return whole && branches <= MOST_BRANCHES && members >= branches * 3;
}

/** Names that no two share are made of three lists. */
const MOST_BRANCHES = 1_000;

const WRONG_SIZE =
  '--branches 最多 1000，--members 至少是它的三倍，都要正整数。' +
  '--branches (1000 at most), --members (three times as many at least) and --seed are positive whole numbers.';

const taken = (dataDir: string) =>
  `${dataDir} 里已经有一个县，请换一个 DATA_DIR 或删掉这个目录。` +
  `${dataDir} holds a county already: choose another DATA_DIR or delete that folder.`;
