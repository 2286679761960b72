import { NAME_MAX, type Names } from '#domain/bodies/shared.ts';

/**
 * A branch with its township before it, in each script in which both are known, and where the whole
 * is no longer than a name may be; else the branch alone.
 */
export function placeNames(branch: Names, township: Names | null): Names {
  const joined: Names = {};
  for (const script of ['hans', 'hant'] as const) {
    const own = branch[script];
    if (own === undefined) continue;
    const whole = `${township?.[script] ?? ''}${own}`;
    joined[script] = whole.length <= NAME_MAX ? whole : own;
  }
  return joined;
}
