// What the package is built with: a fuse left at its default lets anyone run other code under our name.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

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
  expect(text).toMatch(/^asar: true$/m)
})
it('uninstalling keeps what the office entered', () => {
  expect(section('nsis')).toContain('deleteAppDataOnUninstall: false')
})
