import { fileURLToPath } from 'node:url'
import VueI18nPlugin from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** The oldest browsers of PRODUCT.md, "Where it runs". */
const OLDEST = ['chrome80', 'safari15']

/** What a member never loads: kept out of the shell, in lists of their own (src/sw/sw.ts). */
const ROLES = ['desk', 'publish'] as const

/** One chunk a feature, so that the shell stays within 25 files; the core in a second one that loads at once. */
function chunkOf(id: string): string | undefined {
  const feature = /\/src\/features\/([a-z]+)\//.exec(id)?.[1]
  if (feature && !/\.routes\.ts|worker/.test(id)) return feature
  if (/node_modules\/dexie/.test(id)) return 'store'
  return undefined
}

/** Writes role-desk.json and role-publish.json: the files that the worker keeps for that role. */
function roleLists(): Plugin {
  return {
    name: 'rixue-role-lists',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const role of ROLES) {
        const files = Object.keys(bundle).filter((file) => file.startsWith(`assets/${role}-`))
        const source = JSON.stringify(files.map((file) => `/${file}`))
        this.emitFile({ type: 'asset', fileName: `role-${role}.json`, source })
      }
    },
  }
}

const pwa = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/sw',
  filename: 'sw.ts',
  injectRegister: false,
  injectManifest: {
    globPatterns: ['**/*.{js,css,html,json,svg,webmanifest}', 'icons/*192*.png'],
    globIgnores: [...ROLES.flatMap((role) => [`assets/${role}-*`, `role-${role}.json`]), '**/.*'],
    rollupFormat: 'iife',
  },
  manifest: {
    id: '/',
    name: '日学',
    short_name: '日学',
    description: '读报告，记自己的学习，开会不忘人；没有网也能用。',
    lang: 'zh-Hans',
    start_url: '/',
    display: 'standalone',
    background_color: '#faf6ee',
    theme_color: '#faf6ee',
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
})

/** `vite build` writes the app; `vite build --ssr src/server/main.ts` the server. */
export default defineConfig(({ isSsrBuild }) => ({
  define: {
    __BUILD__: JSON.stringify(process.env['RIXUE_BUILD'] ?? 'dev'),
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  resolve: {
    alias: [
      {
        find: /^dexie$/,
        replacement: fileURLToPath(
          new URL('./node_modules/dexie/dist/modern/dexie.min.mjs', import.meta.url),
        ),
      },
    ],
  },
  plugins: isSsrBuild
    ? []
    : [
        vue(),
        VueI18nPlugin({
          include: [fileURLToPath(new URL('./locales/zh-Han{s,t}.json', import.meta.url))],
          runtimeOnly: true,
          compositionOnly: true,
          fullInstall: false,
          dropMessageCompiler: true,
          strictMessage: false,
        }),
        roleLists(),
        pwa,
      ],
  worker: { format: 'es' },
  build: isSsrBuild
    ? { target: 'node20', copyPublicDir: false, rollupOptions: { output: { entryFileNames: '[name].js' } } }
    : {
        target: OLDEST,
        cssTarget: OLDEST,
        cssCodeSplit: false,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        manifest: true,
        rollupOptions: { output: { manualChunks: (id: string) => chunkOf(id) } },
      },
}))
