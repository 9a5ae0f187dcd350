// Saves films and drafts until it is killed; says in a file which of them the host acknowledged (Wine's pipes carry nothing).
import { appendFileSync } from 'node:fs'
import type { CaseId } from '#core/ids.ts'
import { attach, pngFilm } from '#test/helpers/d3353.ts'
import { openEmptyHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'

const [dataDir, caseId, acks] = process.argv.slice(2) as [string, CaseId, string]
const test = openEmptyHost(dataDir)
await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
for (let shade = 0; ; shade = (shade + 1) % 256) {
  const { id } = await attach(test, caseId, { kind: 'other' }, pngFilm(shade))
  await test.call('draft.save', { scope: id, value: shade })
  appendFileSync(acks, `${id}\n`)
}
