// The licenses of everything that is built into the app: found from the files in the bundles, so that the list cannot forget one.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ThirdParty } from '#core/contract/shell.ts'

/** What is shipped beside the bundles: Electron, and the SQLite addon. */
const BESIDE = ['electron', 'better-sqlite3']
/** Parts inside the addon that have a license of their own. */
const INSIDE: ThirdParty[] = [
  {
    name: 'SQLite',
    version: '',
    license: 'Public domain',
    text: 'The author disclaims copyright to this source code. https://sqlite.org/copyright.html',
  },
  {
    name: 'Chromium, Node.js and what they contain',
    version: '',
    license: 'various',
    text: 'The file LICENSES.chromium.html in the folder of Claimwright holds these licenses.',
  },
]

/** The package folder that a file of a bundle belongs to; null for our own files. */
export function packageOf(file: string): string | null {
  return /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file.replace(/^\0/, ''))?.[0] ?? null
}

/**
 * The third parties behind the files of all bundles, by name.
 * @throws Error naming a package that has no license: it is looked at before it is shipped
 */
export function thirdParties(root: string, files: Iterable<string>): ThirdParty[] {
  const folders = new Set(BESIDE.map((name) => join('node_modules', name)))
  for (const file of files) {
    const folder = packageOf(file)
    if (folder) folders.add(folder.slice(folder.lastIndexOf('node_modules', folder.indexOf('node_modules'))))
  }
  const found = [...folders].map((folder) => read(join(root, folder)))
  return [...found, ...INSIDE].sort((a, b) => a.name.localeCompare(b.name))
}

function read(folder: string): ThirdParty {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string
  }
  if (!license) throw new Error(`${name} has no license: look at it before it is shipped`)
  const texts = existsSync(folder)
    ? readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    : []
  const text = texts
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
    .join('\n\n')
  return { name, version, license, text: text || `License: ${license}. The package comes without its text.` }
}

/** The same as one file of text, which lies in the folder of the installed app. */
export function noticesText(parties: readonly ThirdParty[]): string {
  const head = 'Claimwright contains software of others, under these licenses.\n'
  return [head, ...parties.map((one) => `${title(one)}\n${'-'.repeat(72)}\n${one.text}\n`)].join('\n')
}

const title = ({ name, version, license }: ThirdParty) => `${[name, version].filter(Boolean).join(' ')} (${license})`
