// A2: every route, for every role and for nobody, answers as the reviewed table says (test/fixtures/permissions.txt).
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { contract, type RouteName } from '#core/contract/index.ts'
import { type Role, ROLES } from '#core/contract/route.ts'
import { openTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'

const WHO = ['nobody', ...ROLES] as const
const routes = (Object.keys(contract) as RouteName[]).filter((name) => !name.startsWith('shell.'))
/** No schema takes it, so that what gets as far as the schema changes nothing. */
const NOTHING_TAKES = { 'no such field': true }

// Bug: a route that is added, or whose permission changes, without anybody having looked at who may ask for it.
it('who may ask for what is what somebody approved', async () => {
  const test = await openTestHost()
  const password = (role: Role) => `${TEST_PASSWORD} of the ${role}`
  const others = ROLES.filter((role) => role !== 'owner')
  for (const role of others) await test.call('user.add', { name: role, role, password: password(role) })
  const may = new Map(routes.map((name) => [name, new Set<string>()]))
  for (const who of WHO) {
    await test.call('session.lock', { reason: 'user' })
    if (who === 'owner') await test.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
    else if (who !== 'nobody') await test.call('session.signIn', { name: who, password: password(who) })
    for (const name of routes) {
      const reply = await test.host.call(name, NOTHING_TAKES)
      const code = reply.ok ? 'ok' : reply.error.code
      expect([who === 'nobody' ? 'LOCKED' : 'FORBIDDEN', 'INVALID_INPUT'], `${name} for ${who}`).toContain(code)
      if (code === 'INVALID_INPUT') may.get(name)!.add(who)
    }
  }
  const lines = [...may].map(([name, whom]) => `${name}: ${WHO.filter((who) => whom.has(who)).join(' ')}`)
  expect(lines).toEqual(readFileSync('test/fixtures/permissions.txt', 'utf8').trimEnd().split('\n'))
  await test.close()
})
