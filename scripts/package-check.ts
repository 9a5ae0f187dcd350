// What lies in a packaged app, read without the tool that packed it: files of the archive, fuses, and what must not be there.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

interface Node {
  files?: Record<string, Node>
  unpacked?: boolean
}

/** The paths of all files in an .asar, with `/`. */
export function asarFiles(file: string): string[] {
  const descriptor = openSync(file, 'r')
  try {
    const sizes = Buffer.alloc(16)
    readSync(descriptor, sizes, 0, 16, 0)
    const json = Buffer.alloc(sizes.readUInt32LE(12))
    readSync(descriptor, json, 0, json.length, 16)
    const paths: string[] = []
    const walk = ({ files = {} }: Node, above: string) => {
      for (const [name, node] of Object.entries(files))
        if (node.files) walk(node, `${above}${name}/`)
        else paths.push(above + name)
    }
    walk(JSON.parse(json.toString('utf8')) as Node, '')
    return paths
  } finally {
    closeSync(descriptor)
  }
}

/**
 * What is wrong with the archive of a package; empty when nothing is.
 * @param target as in `linux-x64`: the only platform whose addon may be inside
 */
export function archiveProblems(files: readonly string[], target: string): string[] {
  const addons = files.filter((file) => file.endsWith('.node'))
  const allowed =
    /^(package\.json|dist\/|node_modules\/better-sqlite3\/(package\.json|LICENSE|README\.md|lib\/|prebuilds\/))/
  const wanted = ['dist/main/index.cjs', 'dist/preload/index.cjs', 'dist/host/index.cjs', 'dist/third-party.json']
  return [
    ...files.filter((file) => !allowed.test(file)).map((file) => `${file} does not belong here`),
    ...files
      .filter((file) => /\.(map|ts|tsx|orig)$|[./](test|spec)\.|\/tests?\//.test(file))
      .map((file) => `${file} is of no use here`),
    ...wanted.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...(addons.length === 1 && addons[0]!.endsWith(`/prebuilds/${target}.node`)
      ? []
      : [`the addon of ${target} alone should be here, not ${addons.join(', ') || 'none'}`]),
  ]
}

const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const
type Fuses = Partial<Record<(typeof FUSES)[number], boolean>>

/** The fuses of an Electron program, as many as it has. @throws Error when it has none */
export function readFuses(program: string): Fuses {
  const bytes = readFileSync(program)
  const sentinel = bytes.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
  if (sentinel < 0) throw new Error('This program has no fuses')
  const wire = sentinel + 32
  const length = bytes[wire + 1]!
  return Object.fromEntries(FUSES.slice(0, length).map((name, at) => [name, bytes[wire + 2 + at] === 0x31]))
}

/** What is wrong with an unpacked package for Linux or Windows. @param wanted fuses as electron-builder.yml has them */
export function packageProblems(folder: string, target: string, wanted: Fuses): string[] {
  const program = join(folder, target.startsWith('win32') ? 'Claimwright.exe' : 'claimwright')
  const fuses = readFuses(program)
  const wrong = Object.entries(fuses).filter(([name, on]) => on !== wanted[name as keyof Fuses])
  const beside = ['LICENSES.chromium.html', 'THIRD-PARTY-NOTICES.txt', 'LICENSE.txt']
  const unpacked = join(folder, 'resources/app.asar.unpacked')
  const loose = existsSync(unpacked)
    ? readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file))
    : []
  return [
    ...archiveProblems(asarFiles(join(folder, 'resources/app.asar')), target),
    ...wrong.map(([name]) => `the fuse ${name} is not as electron-builder.yml wants it`),
    ...beside.filter((file) => !existsSync(join(folder, file))).map((file) => `${file} is missing`),
    ...(existsSync(join(folder, 'resources/default_app.asar')) ? ['the default app of Electron is still here'] : []),
    ...loose.filter((file) => !file.endsWith(`${target}.node`)).map((file) => `${file} lies outside of the archive`),
  ]
}
