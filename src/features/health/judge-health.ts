/** What the facts about the county's machine mean, and what is to be done: keys and values of texts under `health`. */
import type { HealthFacts } from '#data/health.port.ts';

/** A text with the values that it wants; `age` is ms and said in the largest unit. */
export interface Words {
  key: string;
  age?: number;
  values?: Record<string, string | number>;
}

/** One fact; `todo` where it is not well. */
export interface Line {
  name: 'disk' | 'backup' | 'drill' | 'acts' | 'running' | 'version';
  words: Words;
  todo: Words | null;
}

const DAY_MS = 86_400_000;
/** A night may be missed; two are a fault. */
const BACKUP_OLD_MS = 2 * DAY_MS;
/** Tried weekly: after two weeks it does not run any more. */
const DRILL_OLD_MS = 15 * DAY_MS;
const GIGABYTE = 1024 ** 3;
/** Below it there is time to make room before nothing is taken any more. */
const DISK_SOON_BYTES = GIGABYTE;
/** Problems of a drill that ask for something of their own. */
const DRILL_PROBLEMS = ['backup.damaged', 'backup.passphrase', 'drill.room', 'drill.acts'];

/** The lines in the order in which they matter; `now`: server time, ms. */
export function judgeHealth(facts: HealthFacts, now: number): Line[] {
  return [
    disk(facts),
    backup(facts, now),
    ...(facts.backup.automatic ? [drill(facts, now)] : []),
    acts(facts, now),
    running(facts, now),
    version(facts),
  ];
}

function disk({ disk: found }: HealthFacts): Line {
  if (!found) return { name: 'disk', words: { key: 'disk.elsewhere' }, todo: null };
  const free = (found.free / GIGABYTE).toFixed(1);
  const todo = found.low ? 'disk.low' : found.free < DISK_SOON_BYTES ? 'disk.soon' : null;
  return {
    name: 'disk',
    words: { key: 'disk.free', values: { free } },
    todo: todo && { key: todo },
  };
}

function backup({ backup: { automatic, last } }: HealthFacts, now: number): Line {
  if (!last) {
    const todo = automatic ? { key: 'backup.make' } : null;
    return { name: 'backup', words: { key: automatic ? 'backup.none' : 'backup.own' }, todo };
  }
  const age = now - last.at;
  const size = Math.max(0.1, last.bytes / 1024 ** 2).toFixed(1);
  return {
    name: 'backup',
    words: { key: `backup.${last.how}`, age, values: { size } },
    todo: automatic && age > BACKUP_OLD_MS ? { key: 'backup.old', age } : null,
  };
}

function drill({ drill: last }: HealthFacts, now: number): Line {
  if (!last) return { name: 'drill', words: { key: 'drill.none' }, todo: null };
  const age = now - last.at;
  if (last.problem === null) {
    const todo = age > DRILL_OLD_MS ? { key: 'drill.old', age } : null;
    return { name: 'drill', words: { key: 'drill.well', age }, todo };
  }
  const key = DRILL_PROBLEMS.includes(last.problem) ? last.problem.split('.')[1] : 'other';
  return {
    name: 'drill',
    words: { key: 'drill.failed', age },
    todo: { key: `drill.todo.${key}`, values: { code: last.problem } },
  };
}

function acts({ acts: { count, audited } }: HealthFacts, now: number): Line {
  if (!audited)
    return { name: 'acts', words: { key: 'acts.never', values: { count } }, todo: null };
  const age = now - audited.at;
  if (audited.findings === 0)
    return { name: 'acts', words: { key: 'acts.sound', age, values: { count } }, todo: null };
  const values = { findings: audited.findings };
  return { name: 'acts', words: { key: 'acts.found', age, values }, todo: { key: 'acts.look' } };
}

function running({ upSince, connections, waiting }: HealthFacts, now: number): Line {
  const words = { key: 'running.words', age: now - upSince, values: { connections } };
  return { name: 'running', words, todo: waiting > 0 ? { key: 'running.waits' } : null };
}

function version({ build, schema, database }: HealthFacts): Line {
  return {
    name: 'version',
    words: { key: 'version.words', values: { build, schema, database } },
    todo: null,
  };
}
