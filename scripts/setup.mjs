/**
 * Every command of package.json goes through here: it brings the clone into the state the command
 * needs (packages installed, app built, a browser found) and then runs it. Plain Node, no package,
 * because it runs before anything is installed.
 */
const WANTED = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1])) {
  console.error(
    `需要 Node ${WANTED.join('.')} 或更新，这里是 ${process.versions.node}。` +
      `Node ${WANTED.join('.')} or later is needed, this is ${process.versions.node}.`,
  );
  process.exit(1);
}

// Imported only now: an older Node would stop at their syntax instead of printing the sentence.
import('./setup/commands.mjs').then(({ runCommand }) => runCommand(process.argv.slice(2)));
