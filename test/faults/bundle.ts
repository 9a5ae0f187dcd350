// The rows about files in one file: a process that reads its modules one by one begins seconds later, and Wine has no esbuild.
import { join } from 'node:path'
import { build } from 'esbuild'
import { besideItself } from '../../scripts/beside-itself.ts'

/** @returns the path of the program, inside node_modules so that it finds the addon of SQLite */
export async function bundleProgram(): Promise<string> {
  const folder = join('node_modules', '.cache', 'claimwright-faults')
  await build({
    ...besideItself,
    entryPoints: ['test/faults/program.ts', 'host/session/heavy-worker.ts'],
    entryNames: '[name]',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3'],
    logLevel: 'error',
  })
  return join(folder, 'program.cjs')
}
