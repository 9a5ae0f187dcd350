// Builds everything the app needs into dist/: main, preload and host (esbuild), UI (Vite), assets.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle, type BuildOptions, type Plugin } from 'esbuild'
import { build as buildUi, type Plugin as UiPlugin } from 'vite'
import { besideItself } from './beside-itself.ts'
import { noticesText, thirdParties } from './third-party.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/** Who may sign updates. Journeys build with a key of their own. */
const updateKey = process.env['CLAIMWRIGHT_UPDATE_KEY'] ?? join(root, 'electron/update-key.pem')

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node18',
  format: 'cjs',
  // Written as require(): import() does not look into the archive of a packaged app (Electron before 28).
  supported: { 'dynamic-import': false },
  external: ['electron', 'better-sqlite3'],
  define: { __VERSION__: JSON.stringify(version), UPDATE_KEY: JSON.stringify(readFileSync(updateKey, 'utf8')) },
  minifySyntax: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
}

/** What is imported on demand stays a file of its own: the start does not read it. */
const onDemand: Plugin = {
  name: 'on-demand',
  setup(build) {
    build.onResolve({ filter: /^\.\/.+\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: path.replace(/\.ts$/, '.cjs'), external: true } : undefined,
    )
  },
}

/** What the UI's bundle must hold to: found here rather than by somebody who waits, or looks at a bare button. */
const uiRules: UiPlugin = {
  name: 'ui-rules',
  generateBundle(_options, bundle) {
    const styles = readFileSync(join(root, 'renderer/mantine.css'), 'utf8')
    for (const part of Object.values(bundle)) {
      for (const id of part.type === 'chunk' ? Object.keys(part.modules) : []) {
        // A part of Mantine comes without its styles.
        const used = /@mantine[\\/]core[\\/].*[\\/](\w+)\.module\.mjs$/.exec(id)?.[1]
        if (used && !styles.includes(`/${used}.css'`)) throw new Error(`renderer/mantine.css lacks ${used}`)
        if (part.type === 'chunk' && part.isEntry && /[\\/](zod|core[\\/]contract)[\\/]/.test(id))
          throw new Error(`The sign-in screen would wait for ${id}: import it behind renderer/inside.tsx`)
      }
    }
  },
}

/** Electron as it lies here; null when there is none. It is not downloaded for a build. */
function electronHere(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const recorded = join(folder, 'path.txt')
  const name = existsSync(recorded) ? readFileSync(recorded, 'utf8') : 'electron'
  const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name)
  return existsSync(path) ? path : null
}

/**
 * Keeps what V8 made of the host's code (electron/host-start.ts). Only the Electron that will run it can make it: a package
 * for another platform goes without, and starts a little later.
 */
function keepCompiled(dist: string): void {
  const make = `process.parentPort = { on() {}, postMessage() {} }
    const { script, cacheFile } = require(${JSON.stringify(join(dist, 'host/index.cjs'))})
    require('node:fs').writeFileSync(cacheFile, script.createCachedData())
    process.exit()`
  const electron = electronHere()
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const run = electron === null ? null : spawnSync(electron, ['-e', make], { env, timeout: 60_000 })
  if (run?.status !== 0) console.warn('Built without compiled code for the host: there is no Electron here to make it.')
}

/** Builds into dist/. The stamp carries the time of the start: what is saved meanwhile counts as newer. */
export async function buildAll(): Promise<void> {
  const started = new Date()
  const dist = join(root, 'dist')
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
  const parts = await Promise.all([
    ...['index', 'shell', 'pdf-pages', 'update/desk'].map((name) =>
      bundle({
        ...common,
        entryPoints: [`electron/main/${name}.ts`],
        outfile: `dist/main/${name}.cjs`,
        plugins: [onDemand],
      }),
    ),
    bundle({ ...common, entryPoints: ['electron/preload/index.ts'], outfile: 'dist/preload/index.cjs' }),
    bundle({ ...common, entryPoints: ['electron/host-start.ts'], outfile: 'dist/host/index.cjs' }),
    bundle({
      ...common,
      ...besideItself,
      define: { ...common.define, ...besideItself.define },
      entryPoints: { code: 'electron/host-entry.ts', 'heavy-worker': 'host/session/heavy-worker.ts' },
      outdir: 'dist/host',
      outExtension: { '.js': '.cjs' },
    }),
  ])
  // `import { z }` would bring zod's words for forty languages into each process, to be read at every start.
  const files = parts.flatMap(({ metafile }) =>
    Object.values(metafile!.outputs).flatMap((one) => Object.keys(one.inputs)),
  )
  if (files.some((file) => file.endsWith('locales/de.js'))) throw new Error("Write: import * as z from 'zod'")
  const ui = await buildUi({ configFile: join(root, 'renderer/vite.config.ts'), logLevel: 'warn', plugins: [uiRules] })
  const { output } = ui as { output: { moduleIds?: string[] }[] }
  const parties = thirdParties(root, [...files, ...output.flatMap(({ moduleIds = [] }) => moduleIds)])
  writeFileSync(join(dist, 'third-party.json'), JSON.stringify(parties))
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), noticesText(parties))
  const icons = join(root, 'assets/icons')
  cpSync(join(root, 'assets'), join(dist, 'assets'), { recursive: true, filter: (path) => path !== icons })
  keepCompiled(dist)
  const stamp = join(dist, 'built.json')
  writeFileSync(stamp, JSON.stringify({ version }))
  utimesSync(stamp, started, started)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll()
