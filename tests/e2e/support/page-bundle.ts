/** Code for a page: one classic script, since a page's policy lets no other origin's modules in. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The bundle of a file and all that it imports; what it exports is in a global of this name. */
export async function bundleForPage(entry: URL, name: string): Promise<string> {
  const made = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      lib: { entry: fileURLToPath(entry), formats: ['iife'], name },
    },
  });
  const [first] = Array.isArray(made) ? made : [made];
  if (!first || !('output' in first)) throw new Error('nothing was bundled');
  return first.output[0].code;
}
