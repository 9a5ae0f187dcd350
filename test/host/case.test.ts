// The Code step on a real host: questions, recommendation, plan, lines, decision. Rows of desk.md section D by number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseId, PatientId } from '#core/ids.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

async function newPatient(lastName = 'Doe', birthDate = '2015-04-12'): Promise<PatientId> {
  return (await test.call('patient.add', { patient: { lastName, firstName: 'Sam', birthDate }, addAnyway: true })).id
}
async function newCase(tooth = '8', guideId = 'endodontics'): Promise<CaseId> {
  return (await test.call('case.create', { patientId: await newPatient(), guideId, tooth, area: null })).id
}
async function answer(id: CaseId, facts: Record<string, string | boolean | number>): Promise<void> {
  for (const [fact, value] of Object.entries(facts)) await test.call('case.answer', { id, fact, value })
}
const view = (id: CaseId) => test.call('case.get', { id })
const APEXIFICATION = { apex: 'open', pulp: 'necrotic', goal: 'barrier' }

describe('Code step', () => {
  it('asks only what can still change the answer and proposes the visits of the plan', async () => {
    const id = await newCase()
    expect((await view(id)).questions.map((question) => question.fact)).toContain('apex')
    await answer(id, APEXIFICATION)
    const seen = await view(id)
    expect(seen.questions.map((question) => question.fact)).not.toContain('apex')
    expect(seen.visits.map((visit) => visit.phase)).toEqual(['initial', 'interim', 'final'])
    expect(seen.proposedLines.map((line) => line.code)).toEqual(['D3351', 'D3352', 'D3353'])
    expect(seen.title).toBe('Apexification (D3353)')
  })
  it('row 6: final-only payers get one D3353 at completion', async () => {
    const id = await newCase()
    await answer(id, APEXIFICATION)
    const { version } = await view(id)
    await test.call('case.update', { id, version, changes: { reportingMode: 'final_only' } })
    expect((await view(id)).proposedLines.map((line) => line.code)).toEqual(['D3353'])
  })
  it('deciding keeps the lines, names the dentist, and another code needs a reason', async () => {
    const id = await newCase()
    await answer(id, APEXIFICATION)
    await expect(test.call('case.decide', { id, codes: ['D3310'], providerId: null })).rejects.toMatchObject({
      code: 'REFUSED',
    })
    const provider = (await test.call('provider.list', {})).providers[0]!
    await test.call('case.decide', { id, codes: ['D3351', 'D3352', 'D3353'], providerId: provider.id })
    const seen = await view(id)
    expect(seen.decision).toMatchObject({
      codes: ['D3351', 'D3352', 'D3353'],
      confirmedBy: { name: 'Dr. Pat Doe' },
      outdated: false,
    })
    expect(seen.lines.map((line) => [line.code, line.tooth])).toEqual([
      ['D3351', '8'],
      ['D3352', '8'],
      ['D3353', '8'],
    ])
    expect(seen.steps[0]).toMatchObject({ step: 'code', state: 'done' })
  })
  it('row 8: D3353 beside a root canal on the same tooth is found across cases', async () => {
    const patientId = await newPatient()
    const first = (await test.call('case.create', { patientId, guideId: 'endodontics', tooth: '8', area: null })).id
    const line = {
      visitId: null,
      role: 'main' as const,
      tooth: '8',
      area: null,
      feeCents: 80000,
      serviceDate: '2026-10-01',
    }
    await test.call('case.setLines', {
      id: first,
      version: (await view(first)).version,
      lines: [{ ...line, code: 'D3310' }],
    })
    const second = await test.call('case.create', { patientId, guideId: 'endodontics', tooth: '8', area: null })
    expect(second.findings[0]).toContain('open case')
    await test.call('case.setLines', {
      id: second.id,
      version: (await view(second.id)).version,
      lines: [{ ...line, code: 'D3353', serviceDate: '2026-11-20' }],
    })
    expect(
      (await view(second.id)).choice.findings.some(
        (finding) => finding.severity === 'block' && finding.message.includes('D3353'),
      ),
    ).toBe(true)
  })
  it('row 4: a molar code on a front tooth is refused in words and nothing is saved', async () => {
    const id = await newCase('8')
    const { version } = await view(id)
    const line = {
      visitId: null,
      code: 'D3330',
      role: 'main' as const,
      tooth: '8',
      area: null,
      feeCents: 1,
      serviceDate: null,
    }
    await expect(test.call('case.setLines', { id, version, lines: [line] })).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('molar'),
    })
    expect((await view(id)).lines).toEqual([])
  })
  it('an impossible tooth, fact or date order is refused', async () => {
    const patientId = await newPatient()
    await expect(
      test.call('case.create', { patientId, guideId: 'endodontics', tooth: '99', area: null }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const id = await newCase()
    await expect(test.call('case.answer', { id, fact: 'apex', value: 'sideways' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await expect(test.call('case.answer', { id, fact: 'nonsense', value: true })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    const visits = [
      { phase: 'initial' as const, plannedOn: '2026-12-10', doneOn: null },
      { phase: 'final' as const, plannedOn: '2026-12-01', doneOn: null },
    ]
    await expect(test.call('case.setVisits', { id, version: (await view(id)).version, visits })).rejects.toMatchObject({
      code: 'REFUSED',
    })
  })
  it('two people changing the same case: the second is told who and when, nothing is overwritten', async () => {
    const id = await newCase()
    const { version } = await view(id)
    await test.call('case.update', { id, version, changes: { treatment: 'in_progress' } })
    await expect(test.call('case.update', { id, version, changes: { treatment: 'done' } })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { changedBy: 'Ana' },
    })
    expect((await view(id)).treatment).toBe('in_progress')
  })
  it('row 44: the case reopens at the step where the person left', async () => {
    const id = await newCase()
    await test.call('case.visitStep', { id, step: 'documentation' })
    await test.call('session.lock', { reason: 'user' })
    await test.call('session.signIn', { name: 'Ana', password: 'correct horse battery staple' })
    expect((await view(id)).step).toBe('documentation')
  })
})

describe('Today and search', () => {
  it('a new case rings until its code is chosen, and a finished task goes away', async () => {
    const id = await newCase()
    expect((await test.call('today.list', {})).rows).toMatchObject([
      { caseId: id, bucket: 'today', action: 'Answer the questions' },
    ])
    const task = await test.call('task.add', {
      task: { caseId: id, title: 'Ask for the old film', dueOn: '2026-11-20' },
    })
    expect((await test.call('today.list', {})).rows[0]).toMatchObject({
      bucket: 'overdue',
      reason: 'Task: Ask for the old film',
    })
    await test.call('task.complete', { id: task.id, done: true })
    expect((await test.call('today.list', {})).rows).toHaveLength(1)
    await test.call('case.snooze', { caseId: id, until: '2026-12-24', reason: 'family travels' })
    expect((await test.call('today.list', {})).rows).toHaveLength(0)
  })
  it('finds by name in any order, birth date as typed, tooth, code and part of a word', async () => {
    const id = await newCase()
    await answer(id, APEXIFICATION)
    await test.call('case.decide', { id, codes: ['D3351'], providerId: null })
    for (const text of ['doe sam', 'sam d', '4/12/2015', '2015-04-12', 'd3351', 'doe #8', 'DOE']) {
      const { hits } = await test.call('search.find', { text })
      expect(
        hits.some((hit) => hit.caseId === id),
        text,
      ).toBe(true)
    }
    expect((await test.call('search.find', { text: 'roe' })).hits).toEqual([])
  })
})

it('a crown case proposes the crown and the build-up on its tooth', async () => {
  const patientId = await newPatient('Poe', '1980-01-01')
  const { id } = await test.call('case.create', { patientId, guideId: 'crowns', tooth: '3', area: null })
  const answers = { job: 'new', support: 'natural', crown_material: 'pfm', alloy: 'base', foundation_placed: true }
  for (const [fact, value] of Object.entries({ ...answers, post: 'none', retention: 'insufficient' })) {
    await test.call('case.answer', { id, fact, value })
  }
  const seen = await view(id)
  expect(seen.proposedLines.map((line) => [line.code, line.role, line.tooth])).toEqual([
    ['D2751', 'main', '3'],
    ['D2950', 'additional', '3'],
  ])
})

it('a periodontal case works by quadrants', async () => {
  const patientId = await newPatient('Roe', '1980-01-01')
  const { id } = await test.call('case.create', { patientId, guideId: 'periodontal', tooth: null, area: null })
  for (const [fact, value] of Object.entries({
    implant_only: false,
    blocked: false,
    eval_done: true,
    chart_date: '2026-11-01',
    bone_loss: true,
    history: 'none',
    flap: false,
    bleeding: true,
    depths: 5,
  })) {
    await test.call('case.answer', { id, fact, value })
  }
  await test.call('case.answer', { id, fact: 'quad_teeth', value: { '10': 5, '20': 2 } })
  const seen = await view(id)
  expect(seen.proposedLines.map((line) => [line.code, line.area])).toEqual([
    ['D4341', '10'],
    ['D4342', '20'],
  ])
})
