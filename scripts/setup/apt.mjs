/** Debian's packages, where this machine has them and we may install them. */
import { onPath, run } from './run.mjs';

/** A mirror that does not answer must not hold up what could go on without. */
const LIMIT_MS = 300_000;

/** Installs them; whether it could. */
export async function installPackages(...packages) {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (!onPath('apt-get') || (sudo.length > 0 && !onPath('sudo'))) return false;
  const apt = async (...args) => {
    const [program, ...rest] = [...sudo, 'apt-get', ...args];
    return (
      (await run(program, rest, {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
        limitMs: LIMIT_MS,
      })) === 0
    );
  };
  return (await apt('-qq', 'update')) && (await apt('-qq', 'install', '-y', ...packages));
}
