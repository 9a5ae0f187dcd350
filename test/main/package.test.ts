// What the package is built with: a fuse left at its default lets anyone run other code under our name.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { archiveProblems } from '../../scripts/package-check.ts'
import { packageOf, thirdParties } from '../../scripts/third-party.ts'

const text = readFileSync('electron-builder.yml', 'utf8')
/** The lines of a section without their indentation. */
const section = (name: string) =>
  new RegExp(`^${name}:\\n((?: {2}.+\\n)+)`, 'm')
    .exec(text)![1]!
    .trimEnd()
    .split('\n')
    .map((line) => line.trim())

it('fuses keep Electron from running anything but the sealed archive', () => {
  expect(section('electronFuses')).toEqual([
    'runAsNode: false',
    'enableCookieEncryption: true',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'loadBrowserProcessSpecificV8Snapshot: false',
    'grantFileProtocolExtraPrivileges: false',
  ])
  // With it the addon's scripts lay beside the archive, where anyone who may write could change them.
  expect(section('asar')).toEqual(['smartUnpack: false'])
})
it('uninstalling keeps what the office entered', () => {
  expect(section('nsis')).toContain('deleteAppDataOnUninstall: false')
})

const WHOLE = [
  'package.json',
  'dist/main/index.cjs',
  'dist/preload/index.cjs',
  'dist/host/index.cjs',
  'dist/third-party.json',
  'node_modules/better-sqlite3/lib/index.js',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
]
it.each([
  ['nothing when all is as it should be', [], []],
  ['a tool of the developers', ['node_modules/vitest/index.js'], ['node_modules/vitest/index.js does not belong here']],
  ['a map of the sources', ['dist/main/index.cjs.map'], ['dist/main/index.cjs.map is of no use here']],
  [
    'the addon of another system',
    ['node_modules/better-sqlite3/prebuilds/win32-x64.node'],
    [expect.stringContaining('the addon of linux-x64 alone should be here')],
  ],
])('the look into a package finds %s', (_name, more, problems) => {
  expect(archiveProblems([...WHOLE, ...more], 'linux-x64')).toEqual(problems)
})
it('the look into a package finds what is missing', () => {
  expect(archiveProblems(WHOLE.slice(0, 3), 'linux-x64')).toEqual([
    'dist/host/index.cjs is missing',
    'dist/third-party.json is missing',
    'the addon of linux-x64 alone should be here, not none',
  ])
})
it('each package in a bundle is named with its license', () => {
  expect(packageOf('/x/node_modules/@mantine/core/esm/a.mjs')).toBe('/x/node_modules/@mantine/core')
  expect(packageOf('core/money.ts')).toBeNull()
  const found = thirdParties('.', ['node_modules/zod/v4/index.js', '/x/core/money.ts'])
  expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['electron', 'SQLite', 'zod']))
  expect(found.filter(({ license, text }) => !license || !text)).toEqual([])
})
