// Starts the host's code from what V8 made of it when the app was built; one made by another V8 is not read.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'

const { platform, arch, versions } = process
const file = join(__dirname, 'code.cjs')
/** Beside the code, in an installed app inside its archive: whoever could write it could run code of his own. */
export const cacheFile = join(__dirname, `code-${platform}-${arch}-${versions.v8}.cache`)

/** The code as V8 holds it: the build keeps that once it has run. */
export const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`,
  { filename: file, ...(existsSync(cacheFile) && { cachedData: readFileSync(cacheFile) }) },
)
const code = { exports: {} }
const run = script.runInThisContext() as (...given: unknown[]) => void
run(code.exports, createRequire(file), code, file, __dirname)
