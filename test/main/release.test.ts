// The release workflow as data: what nobody runs on this machine must at least say what it is meant to say.
import { existsSync, readFileSync } from 'node:fs'
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider'
import { expect, it } from 'vitest'
import { newestNotes } from '../../scripts/package.ts'

interface Step {
  uses?: string
  run?: string
  env?: Record<string, string>
}
interface Job {
  needs?: string
  permissions?: Record<string, string>
  strategy?: { matrix: { os: string[] } }
  steps: Step[]
}
const text = readFileSync('.github/workflows/release.yml', 'utf8')
const workflow = parseUpdateInfo(text, 'release.yml', new URL('file:///')) as unknown as {
  on: { push: { tags: string[] } }
  permissions: Record<string, string>
  jobs: { package: Job; draft: Job }
}
const { package: packs, draft } = workflow.jobs
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string
  license: string
  scripts: Record<string, string>
}

it('packs on three systems, after their tests, and publishes nothing by itself', () => {
  expect(packs.strategy!.matrix.os.map((os) => os.split('-')[0])).toEqual(['ubuntu', 'windows', 'macos'])
  const runs = packs.steps.map(({ run = '' }) => run)
  const first = (what: string) => runs.findIndex((run) => run.includes(what))
  for (const what of ['npm run check', 'npm test', 'npm run e2e:adopt']) {
    expect(first(what), what).toBeGreaterThan(0)
    expect(first(what), what).toBeLessThan(first('npm run package'))
  }
  expect(draft.needs).toBe('package')
  expect(draft.steps.at(-1)!.run).toMatch(/^gh release create "\$TAG" release\/\* --draft /)
  expect(text).not.toMatch(/--publish|publish: (always|onTag)/)
})
it('may write only where the draft is made, and hands each secret to the one step that needs it', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' })
  expect([packs.permissions, draft.permissions]).toEqual([undefined, { contents: 'write' }])
  const holders = [...packs.steps, ...draft.steps].filter(({ env }) => JSON.stringify(env ?? {}).includes('secrets.'))
  expect(holders.map(({ run }) => run!.trim().split('\n').at(-1)!.trim())).toEqual([
    'npm run package',
    'node scripts/sign-release.ts sign release',
  ])
  for (const { run = '' } of [...packs.steps, ...draft.steps]) expect(run).not.toContain('${{')
})
it('calls only what is there', () => {
  const called = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!)
  expect(called.filter((name) => !(name in manifest.scripts))).toEqual([])
  const files = [...text.matchAll(/node (scripts\/\S+)/g)].map(([, file]) => file!)
  expect(files.filter((file) => !existsSync(file))).toEqual([])
})
it('lists what is inside and sums it up after the signature, so that both are part of the draft', () => {
  const runs = draft.steps.map(({ run = '' }) => run)
  const at = (what: string) => runs.findIndex((run) => run.includes(what))
  expect(at('npm sbom')).toBeGreaterThan(0)
  expect(at('npm sbom')).toBeLessThan(at('sign-release.ts'))
})
it('one version and one license, in every place that names them', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    version: string
    packages: { '': { version: string } }
  }
  expect([lock.version, lock.packages[''].version]).toEqual([manifest.version, manifest.version])
  expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`## ${manifest.version} `)
  expect(manifest.license).toBe('MIT')
  expect(readFileSync('LICENSE', 'utf8')).toMatch(/^MIT License/)
})
it('what is new is the newest section, as plain text', () => {
  expect(newestNotes('# Changelog\n\n## 0.3.0\n\n- **Lists** open `faster`.\n\n## 0.2.0\n\n- Older.\n')).toBe(
    '- Lists open faster.',
  )
})
