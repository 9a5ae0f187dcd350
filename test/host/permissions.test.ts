// Who may ask for what, as reviewed: a route whose permission is loosened, or a new one, shows here and is looked at.
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import { contract, type RouteName } from '#core/contract/index.ts'
import { ROLES, type Role, type Route } from '#core/contract/route.ts'
import { openTestHost, TEST_PASSWORD, type TestHost } from '#test/helpers/test-host.ts'

const NAMES = Object.keys(contract) as RouteName[]
/** No route takes it, so that nothing is done: who may ask is told that the input is wrong. */
const NOT_AN_INPUT = { 'no route takes this': true } as never

let test: TestHost
beforeAll(async () => {
  test = await openTestHost()
  for (const role of ROLES.filter((one) => one !== 'owner'))
    await test.call('user.add', { name: `A ${role}`, role, password: TEST_PASSWORD })
})
afterAll(() => test.close())

async function allowed(role: Role | null): Promise<Set<string>> {
  await test.call('session.lock', { reason: 'user' })
  if (role) await test.call('session.signIn', { name: role === 'owner' ? 'Ana' : `A ${role}`, password: TEST_PASSWORD })
  const may = new Set<string>()
  for (const name of NAMES) {
    const reply = await test.host.call(name, NOT_AN_INPUT)
    const code = reply.ok ? 'ANSWERED' : reply.error.code
    expect(['INVALID_INPUT', role ? 'FORBIDDEN' : 'LOCKED'], name).toContain(code)
    if (code === 'INVALID_INPUT') may.add(name)
  }
  return may
}

it('A2: each route answers the roles that were approved, and nobody while locked', async () => {
  const columns = [null, ...ROLES] as const
  const may = new Map<Role | null, Set<string>>()
  for (const role of columns) may.set(role, await allowed(role))
  const lines = NAMES.map((name) => {
    const { kind } = contract[name] as Route
    const who = columns.map((role) => (may.get(role)!.has(name) ? (role ?? 'locked') : '-'))
    return [name.padEnd(28), kind.padEnd(8), ...who.map((one) => one.padEnd(11))].join(' ').trimEnd()
  })
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/permissions.txt')
})

/** Commands that carry no version of what the person saw, and why two at once do no harm. */
const WITHOUT_VERSION = {
  'adds; what is there stays': [
    'provider.add',
    'payer.add',
    'payerRule.add',
    'plan.add',
    'feeSchedule.add',
    'patient.add',
    'patientPayment.add',
    'settlement.add',
    'coverage.add',
    'case.create',
    'attachment.add',
    'document.noteFile',
    'note.add',
    'guide.add',
    'authorization.create',
    'authorization.import',
    'patient.import',
    'feeSchedule.import',
    'codeList.import',
    'provider.import',
    'patient.importHistory',
    'claim.create',
    'appeal.create',
    'remittance.post',
    'era.import',
    'task.add',
    'packet.keep',
    'ack.read',
    'case.decide',
    'case.recordBenefit',
  ],
  'one answer to one question: the last one counts, all stand in the history': [
    'case.answer',
    'case.visitStep',
    'case.setEstimate',
    'documentation.markItem',
    'documentation.waiveItem',
    'documentation.reopenItem',
    'claim.setExpected',
    'reason.map',
    'task.complete',
  ],
  'a touch, which the next person sees and takes back exactly': [
    'authorization.touch',
    'case.touch',
    'case.snooze',
    'case.assign',
    'worklist.assign',
    'worklist.snooze',
    'action.undo',
    'authorization.undoImport',
    'patient.undoImport',
    'feeSchedule.undoImport',
    'codeList.undoImport',
    'provider.undoImport',
    'patient.undoHistory',
  ],
  'takes away or brings back one row: twice is once': [
    'attachment.remove',
    'patientPayment.takeBack',
    'settlement.takeBack',
    'attachment.restore',
    'note.remove',
    'remittance.reverse',
  ],
  'looks at the state in its own transaction and refuses what is decided': [
    'claim.export',
    'era.match',
    'era.setAside',
    'era.post',
    'era.postAll',
  ],
  'says which saving of the guide it saw, and refuses another': [
    'guide.save',
    'guide.goBack',
    'guide.takeNews',
    'guide.import',
  ],
  'one person’s own': ['draft.save', 'draft.discard'],
  'the whole page of settings, by owners only': ['setting.set', 'setting.closeMonths'],
}

it('every command that edits says which version it saw, or stands here with the reason', () => {
  const saysVersion = (route: Route) =>
    JSON.stringify(z.toJSONSchema(route.input, { unrepresentable: 'any', io: 'input' })).includes('"version"')
  const commands = NAMES.filter((name) => contract[name].kind === 'command')
  const without = commands.filter((name) => !saysVersion(contract[name]))
  expect([...without].sort()).toEqual(Object.values(WITHOUT_VERSION).flat().sort())
})
