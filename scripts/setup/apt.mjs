/** Debian's packages, where this machine has them and we may install them. */
import { onPath, run } from './run.mjs';

/** A mirror that does not answer is given up soon; nothing is cut off while it installs. */
const PATIENCE = ['-o', 'Acquire::http::Timeout=30', '-o', 'Acquire::Retries=1'];

/** Installs them; whether it could. */
export async function installPackages(...packages) {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (!onPath('apt-get') || (sudo.length > 0 && !onPath('sudo'))) return false;
  const apt = async (...args) => {
    const [program, ...rest] = [...sudo, 'apt-get', ...PATIENCE, ...args];
    return (await run(program, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } })) === 0;
  };
  return (await apt('-qq', 'update')) && (await apt('-qq', 'install', '-y', ...packages));
}
