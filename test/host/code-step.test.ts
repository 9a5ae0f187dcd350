// Rows 1 to 10, 23, 29 to 31 of desk.md section D: what the Code step warns of, asks and records, on a real host.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Line as LineView } from '#core/case/schema.ts'
import type { CaseId, PatientId } from '#core/ids.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

async function newPatient(birthDate = '2015-04-12'): Promise<PatientId> {
  return (
    await test.call('patient.add', { patient: { lastName: 'Doe', firstName: 'Sam', birthDate }, addAnyway: true })
  ).id
}
async function newCase(tooth: string, facts: Record<string, string | boolean>, patientId?: PatientId): Promise<CaseId> {
  const patient = patientId ?? (await newPatient())
  const { id } = await test.call('case.create', { patientId: patient, guideId: 'endodontics', tooth, area: null })
  for (const [fact, value] of Object.entries(facts)) await test.call('case.answer', { id, fact, value })
  return id
}
/** A line as it is sent: without its number. */
function pickLine({ seq, ...line }: LineView) {
  expect(seq).toBeGreaterThan(0)
  return line
}
const view = (id: CaseId) => test.call('case.get', { id })
const findings = async (id: CaseId) => (await view(id)).choice.findings.map((finding) => finding.id)
const APEXIFICATION = { apex: 'open', pulp: 'necrotic', goal: 'barrier' }
const SERIES = ['D3351', 'D3352', 'D3353']

// Bug: visits planned for January were judged by this year's code set without a word.
it('a plan that ends in an edition of the code set that is not held says so, and what is known to change', async () => {
  const id = await newCase('8', APEXIFICATION)
  const { version, visits } = await view(id)
  expect(await findings(id)).not.toContain('edition')
  const days = ['2026-11-30', '2026-12-14', '2027-01-12']
  await test.call('case.setVisits', {
    id,
    version,
    visits: visits.map(({ id: visitId, phase }, at) => ({ id: visitId, phase, plannedOn: days[at]!, doneOn: null })),
  })
  const { choice } = await view(id)
  expect(choice.findings.find((one) => one.id === 'edition')?.message).toMatch(/^Jan 12, 2027 falls in CDT 2027/)
})

describe('row 1: closed root tip', () => {
  it.each([
    ['8', 'D3310'],
    ['12', 'D3320'],
    ['19', 'D3330'],
  ])('tooth %s: apexification is not offered, %s is', async (tooth, rootCanal) => {
    const id = await newCase(tooth, { apex: 'closed', pulp: 'necrotic', goal: 'full_rct', finished: true })
    const { choice } = await view(id)
    expect(choice.lines.map((line) => line.code)).toEqual([rootCanal])
    expect(choice.rejected.map((one) => one.code)).toEqual(expect.arrayContaining(SERIES))
  })
  it('choosing apexification all the same takes a reason', async () => {
    const id = await newCase('8', { apex: 'closed', pulp: 'necrotic', goal: 'barrier' })
    const decide = (overrideReason: string) =>
      test.call('case.decide', { id, codes: ['D3353'], providerId: null, overrideReason })
    await expect(decide('')).rejects.toMatchObject({ code: 'REFUSED' })
    await decide('Resorption repair, dentist’s plan')
    expect((await view(id)).decision).toMatchObject({ overrideReason: 'Resorption repair, dentist’s plan' })
  })
})

it('row 2: a primary tooth never gets apexification', async () => {
  const { choice } = await view(await newCase('E', { apex: 'open', pulp: 'necrotic', goal: 'barrier' }))
  expect(choice.lines.map((line) => line.code)).not.toContain('D3351')
  expect(choice.findings.length + choice.rejected.length).toBeGreaterThan(0)
})

it('row 3: a vital pulp is kept: D3222 is offered, apexification rejected with its reason', async () => {
  const { choice } = await view(
    await newCase('8', { apex: 'open', pulp: 'vital', goal: 'preserve_vitality', pulp_removed: 'partial' }),
  )
  expect(choice.lines.map((line) => line.code)).toEqual(['D3222'])
  expect(choice.rejected.find((one) => one.code === 'D3353')?.reason).toBeTruthy()
})

it('row 6: the visit at hand decides the code, and a line stands for each visit', async () => {
  const id = await newCase('8', APEXIFICATION)
  await test.call('case.decide', { id, codes: SERIES, providerId: null })
  const first = await view(id)
  expect(first.choice.lines.map((line) => line.code)).toEqual(['D3351'])
  const visits = first.visits.map(({ id: visitId, phase }, at) => ({
    id: visitId,
    phase,
    plannedOn: ['2026-10-01', '2026-12-10', '2027-02-10'][at]!,
    doneOn: at === 0 ? '2026-10-01' : null,
  }))
  await test.call('case.setVisits', { id, version: first.version, visits })
  const second = await view(id)
  expect(second.choice.lines.map((line) => line.code)).toEqual(['D3352'])
  expect(second.lines.map((line) => line.serviceDate)).toEqual(['2026-10-01', null, null])
  expect(second.treatment).toBe('in_progress')
  // The plan is the same: the dentist need not confirm each visit anew.
  expect(second.decision?.outdated).toBe(false)
})

it('row 7: a second D3353 on the same tooth takes a reason, which is kept', async () => {
  const patientId = await newPatient()
  const first = await newCase('8', APEXIFICATION, patientId)
  await test.call('case.decide', { id: first, codes: SERIES, providerId: null })
  const { version, visits } = await view(first)
  await test.call('case.setVisits', {
    id: first,
    version,
    visits: visits.map(({ id, phase }, at) => ({ id, phase, plannedOn: null, doneOn: `2026-0${at + 1}-10` })),
  })
  const second = await newCase('8', APEXIFICATION, patientId)
  const decide = (overrideReason: string) =>
    test.call('case.decide', { id: second, codes: SERIES, providerId: null, overrideReason })
  const refused = await decide('').catch((error: { code: string; details: { reasons: string[] } }) => error)
  expect(refused).toMatchObject({ code: 'REFUSED' })
  expect((refused as { details: { reasons: string[] } }).details.reasons.join()).toContain('D3353')
  await decide('New trauma, first fill lost')
  expect((await view(second)).decision?.overrideReason).toBe('New trauma, first fill lost')
})

it('row 7: confirming the same plan again during its own treatment takes none', async () => {
  const id = await newCase('8', APEXIFICATION)
  await test.call('case.decide', { id, codes: SERIES, providerId: null })
  const { version, visits } = await view(id)
  await test.call('case.setVisits', {
    id,
    version,
    visits: visits.map(({ id: visitId, phase }, at) => ({
      id: visitId,
      phase,
      plannedOn: null,
      doneOn: at === 0 ? '2026-10-01' : null,
    })),
  })
  const dentist = (await test.call('provider.list', {})).providers[0]!
  await test.call('case.decide', { id, codes: SERIES, providerId: dentist.id })
  expect((await view(id)).decision?.confirmedBy?.name).toBe('Dr. Pat Doe')
})

it('row 8: choosing D3353 where the patient’s tooth has a root canal is refused without a reason', async () => {
  const patientId = await newPatient()
  const rootCanal = await newCase(
    '8',
    { apex: 'closed', pulp: 'necrotic', goal: 'full_rct', finished: true },
    patientId,
  )
  await test.call('case.decide', { id: rootCanal, codes: ['D3310'], providerId: null })
  const second = await newCase('8', APEXIFICATION, patientId)
  await expect(test.call('case.decide', { id: second, codes: SERIES, providerId: null })).rejects.toMatchObject({
    code: 'REFUSED',
  })
  const otherTooth = await newCase('9', APEXIFICATION, patientId)
  await test.call('case.decide', { id: otherTooth, codes: SERIES, providerId: null })
})

it('row 9: several treatments of one day are cases of their own, each with its tooth and lines', async () => {
  const patientId = await newPatient()
  const ids = [await newCase('8', APEXIFICATION, patientId), await newCase('9', APEXIFICATION, patientId)]
  for (const id of ids) await test.call('case.decide', { id, codes: SERIES, providerId: null })
  for (const [at, id] of ids.entries()) {
    const { lines } = await view(id)
    expect(lines.map((line) => [line.code, line.tooth])).toEqual(SERIES.map((code) => [code, ['8', '9'][at]]))
  }
  const note = (text: string) => ({ notedOn: '2026-11-20', author: 'Dr. Doe', text, itemKeys: ['diagnosis'] })
  await test.call('note.add', { caseId: ids[0]!, note: note('Tooth 8: necrosis') })
  const notes = ids.map(async (caseId) => (await test.call('documentation.get', { caseId })).notes.map((n) => n.text))
  expect(await Promise.all(notes)).toEqual([['Tooth 8: necrosis'], []])
})

it('row 10: an addition stands as its own line beside the main one', async () => {
  const id = await newCase('19', {
    apex: 'closed',
    pulp: 'necrotic',
    goal: 'full_rct',
    finished: true,
    obstruction: true,
  })
  expect((await view(id)).proposedLines.map((line) => [line.code, line.role])).toEqual([
    ['D3330', 'main'],
    ['D3331', 'additional'],
  ])
})

it('the fee last used for a code is proposed for the next case', async () => {
  const first = await newCase('8', APEXIFICATION)
  const { version, proposedLines } = await view(first)
  await test.call('case.setLines', {
    id: first,
    version,
    lines: proposedLines.map((line) => ({ ...line, feeCents: 40_000 })),
  })
  const second = await newCase('9', APEXIFICATION)
  expect((await view(second)).proposedLines.map((line) => line.feeCents)).toEqual([40_000, 40_000, 40_000])
})

it('lines and visits of another case cannot be taken over by their ids', async () => {
  const first = await newCase('8', APEXIFICATION)
  await test.call('case.decide', { id: first, codes: SERIES, providerId: null })
  const theirs = (await view(first)).lines
  const second = await newCase('9', APEXIFICATION)
  const { version } = await view(second)
  const steal = (visitId: (typeof theirs)[number]['visitId']) =>
    test.call('case.setLines', {
      id: second,
      version,
      lines: theirs.slice(0, 1).map((line) => ({ ...pickLine(line), visitId })),
    })
  await expect(steal(theirs[0]!.visitId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await steal(null)
  expect((await view(first)).lines).toEqual(theirs)
  expect((await view(second)).lines).toHaveLength(1)
})

it('facts known without asking are not asked: tooth, dentition, age', async () => {
  const id = await newCase('8', {})
  const asked = (await view(id)).questions.map((question) => question.fact)
  expect(asked).not.toContain('tooth')
  expect(asked).not.toContain('dentition')
  expect(asked).not.toContain('age')
})

it('a changed answer makes the confirmed code outdated instead of silently replacing it', async () => {
  const id = await newCase('8', APEXIFICATION)
  await test.call('case.decide', { id, codes: SERIES, providerId: null })
  await test.call('case.answer', { id, fact: 'goal', value: 'regenerate' })
  const seen = await view(id)
  expect(seen.decision).toMatchObject({ codes: SERIES, outdated: true })
  expect(seen.lines.map((line) => line.code)).toEqual(SERIES)
})

describe('benefits', () => {
  it('rows 23, 29, 30: coverage, frequency and bundling answers are kept with who said so and when', async () => {
    const id = await newCase('8', APEXIFICATION)
    for (const kind of ['eligibility', 'frequency', 'bundling'] as const)
      await test.call('case.recordBenefit', {
        id,
        check: {
          kind,
          coverageId: null,
          code: null,
          answer: 'yes',
          representative: 'Rep 12',
          reference: 'REF1',
          checkedOn: '2026-11-20',
        },
      })
    const { benefitChecks, timeline } = await view(id)
    const kept = { representative: 'Rep 12', reference: 'REF1', checkedOn: '2026-11-20', user: 'Ana' }
    for (const kind of ['eligibility', 'frequency', 'bundling'])
      expect(benefitChecks.find((check) => check.kind === kind)).toMatchObject(kept)
    expect(timeline.map((entry) => entry.text)).toContain('Coverage verified: yes, Rep 12 (ref. REF1)')
  })

  it('row 31: expected fee and network are kept and stand in the money of the case', async () => {
    const patientId = await newPatient()
    const payerId = (await test.call('payer.add', { payer: { name: 'Sample Dental Plan' } })).id
    const planId = (await test.call('plan.add', { plan: { payerId, name: 'PPO' } })).id
    const address = { street: '', city: '', state: '', zip: '' }
    const subscriber = {
      lastName: 'Doe',
      firstName: 'Pat',
      birthDate: null,
      gender: 'U' as const,
      employer: '',
      address,
    }
    const coverageId = (
      await test.call('coverage.add', { coverage: { patientId, planId, memberId: 'M1', subscriber } })
    ).id
    const id = await newCase('8', APEXIFICATION, patientId)
    await test.call('case.setEstimate', {
      id,
      estimate: { coverageId, network: 'in', contractCents: 100_000, expectedPlanCents: 64_000 },
    })
    const { estimate, money } = await view(id)
    expect(estimate).toMatchObject({ network: 'in', contractCents: 100_000 })
    expect(money.expectedPlanCents).toBe(64_000)
  })
})

it('rows 44, 45: everything done to a case stands in its timeline and in the sealed trail', async () => {
  const id = await newCase('8', APEXIFICATION)
  await test.call('case.decide', { id, codes: SERIES, providerId: null })
  const { rows } = await test.call('audit.list', { entityId: id })
  expect(rows.map((row) => row.action)).toEqual(expect.arrayContaining(['case.create', 'case.answer', 'case.decide']))
  const answer = rows.find((row) => row.action === 'case.answer' && row.after?.includes('apex'))!
  expect(JSON.parse(answer.before!)).toEqual({ apex: null })
  expect((await view(id)).timeline.map((entry) => entry.kind)).toEqual(['code', 'case'])
  expect((await test.call('audit.verify', {})).ok).toBe(true)
})

it('findings of the view carry their source', async () => {
  const id = await newCase('8', APEXIFICATION)
  expect(await findings(id)).toContain('seed_disagrees')
  for (const finding of (await view(id)).choice.findings) expect(finding.source).not.toBe('')
})

// Bug: once its last visit was done, a case was told that its own code had been reported on this tooth before.
describe('a case is not warned against its own visits', () => {
  const DAYS = ['2026-09-01', '2026-10-01', '2026-11-02']
  async function treated(patientId?: PatientId, overrideReason = ''): Promise<CaseId> {
    const id = await newCase('8', APEXIFICATION, patientId)
    await test.call('case.decide', { id, codes: SERIES, providerId: null, overrideReason })
    const first = await view(id)
    const visits = first.visits.map(({ id: visitId, phase }, at) => ({
      id: visitId,
      phase,
      plannedOn: DAYS[at]!,
      doneOn: DAYS[at]!,
    }))
    await test.call('case.setVisits', { id, version: first.version, visits })
    return id
  }
  it('neither in the Code step nor when its codes are recorded again', async () => {
    const id = await treated()
    expect((await view(id)).lines.map((line) => [line.code, line.serviceDate])).toEqual(
      SERIES.map((code, at) => [code, DAYS[at]]),
    )
    const ids = await findings(id)
    for (const warning of ['second_d3351', 'second_d3353', 'd3352_without_d3351', 'd3352_soft_cap'])
      expect(ids).not.toContain(warning)
    await test.call('case.decide', { id, codes: SERIES, providerId: null })
  })
  it('but against those of another case on the tooth', async () => {
    const patientId = await newPatient()
    await treated(patientId)
    expect(await findings(await treated(patientId, 'Root fracture, begun anew'))).toContain('second_d3353')
  })
})
