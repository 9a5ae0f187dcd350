// A CommonJS bundle that knows where it lies: the host begins its worker from the file beside it.
import type { BuildOptions } from 'esbuild'

export const besideItself = {
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href" },
} satisfies BuildOptions
