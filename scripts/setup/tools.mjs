/** Programs that a few tests look with; without them those tests say `missing`. */
import { installPackages } from './apt.mjs';
import { onPath } from './run.mjs';
import { say } from './say.mjs';

/** Debian's package of a program that is called otherwise. */
const PACKAGES = { soffice: 'libreoffice-calc-nogui', nginx: 'nginx-light' };

/** Installs those that are not there, as far as this user may. */
export async function ensureTools(...names) {
  const missing = names.filter((name) => !onPath(name)).map((name) => PACKAGES[name] ?? name);
  if (missing.length === 0) return;
  say(`安装 ${missing.join(' ')}… Installing ${missing.join(' ')} …`);
  await installPackages(...missing);
}
