// Worklists on a real host with a seeded practice: SQL and core agree on every list; what is taken back is as it was.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AuthorizationState } from '#core/authorization/schema.ts'
import { ageOf, AUTHORIZATION_LISTS, listsOf } from '#core/authorization/worklist.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { addDays } from '#core/dates.ts'
import { seedPractice } from '#host/demo/demo.ts'
import { createD3353, type D3353, openUntreated } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'
import { days as spanOf } from '#test/helpers/payer-rules.ts'

type List = OutputOf<'authorization.list'>
type Input = Parameters<TestHost['call']>[1]

async function everyRow(test: TestHost, input: Input): Promise<List['rows']> {
  const rows: List['rows'] = []
  for (let after: string | null = null; ;) {
    const page: List = await test.call('authorization.list', { ...(input as object), after, limit: 37 })
    rows.push(...page.rows)
    if (page.next === null) return rows
    after = page.next
  }
}

describe('lists of a practice', () => {
  let test: TestHost
  beforeAll(async () => {
    test = await openTestHost()
    await seedPractice(test.host.vault!, { cases: 300, seed: 5, today: '2026-11-23' })
  })
  afterAll(() => test.close())

  it.each([-120, -30, 0, 9, 45])('SQL and core agree on every list, %i days from today', async (days) => {
    const today = addDays('2026-11-23', days)
    test.setNow(`${today}T15:00:00`)
    const all = await test.host.vault!.read((db) => db.selectFrom('authorization_work').selectAll().execute())
    for (const list of AUTHORIZATION_LISTS) {
      const wanted = all
        .filter((row) =>
          listsOf(
            {
              state: row.state as AuthorizationState,
              treatment: row.treatment as 'planned',
              caseState: 'open',
              answerDueOn: row.answer_due_on,
              validTo: row.valid_to,
              patientCalledOn: row.called_on,
              lastVisitOn: row.last_visit_on,
              isStale: row.stale === 1,
            },
            today,
          ).includes(list),
        )
        .map((row) => row.id)
      const rows = await everyRow(test, { list })
      expect(rows.map((row) => row.id).sort(), list).toEqual(wanted.sort())
      for (const row of rows) expect(row.lists, `${row.id} says its lists`).toContain(list)
    }
    test.setNow('2026-11-23T15:00:00')
  })
  it('no case of an open request is missing from the open list', async () => {
    const open = await test.host.vault!.read((db) =>
      db
        .selectFrom('authorization as a')
        .innerJoin('case_file as c', 'c.id', 'a.case_id')
        .select('a.id')
        .where('a.state', 'in', ['to_verify', 'drafting', 'submitted', 'info_requested', 'appealed'])
        .where('c.state', '=', 'open')
        .execute(),
    )
    const rows = await everyRow(test, { list: 'open' })
    expect(rows.flatMap((row) => row.authorizationId ?? []).sort()).toEqual(open.map((row) => row.id).sort())
  })
  it('ages divide the sent ones without gap or overlap', async () => {
    const all = await everyRow(test, { list: 'all' })
    for (const age of ['unsent', '0-15', '16-30', '31-60', '61-90', '90+'] as const) {
      const rows = await everyRow(test, { list: 'all', age })
      expect(rows.map((row) => row.id).sort()).toEqual(
        all
          .filter((row) => ageOf(row.sentOn, '2026-11-23') === age)
          .map((row) => row.id)
          .sort(),
      )
    }
  })
  it.each(['urgency', 'sent', 'validTo', 'patient'] as const)('order by %s loses and repeats nobody', async (sort) => {
    const rows = await everyRow(test, { list: 'all', sort })
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
    const { n } = await test.host.vault!.read((db) =>
      db
        .selectFrom('authorization_work')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow(),
    )
    expect(rows).toHaveLength(n)
  })
  it('filters narrow: payer, assignee, kind', async () => {
    const all = await everyRow(test, { list: 'all' })
    const payers = await test.call('payer.list', {})
    const payer = payers.payers.find((one) => all.some((row) => row.payerName === one.name))!
    const rows = await everyRow(test, { list: 'all', payerId: payer.id })
    expect(rows.length).toBe(all.filter((row) => row.payerName === payer.name).length)
    expect(await everyRow(test, { list: 'all', assignee: 'none' })).toEqual([])
    expect(await everyRow(test, { list: 'all', assignee: 'me' })).toHaveLength(all.length)
    expect((await everyRow(test, { list: 'all', kind: 'required' })).every((row) => row.kind === 'required')).toBe(true)
  })
  it('a bulk snooze and its undo leave the lists exactly as they were', async () => {
    const before = await everyRow(test, { list: 'all' })
    const caseIds = [...new Set(before.slice(0, 20).map((row) => row.caseId))]
    const { undoId } = await test.call('worklist.snooze', { caseIds, until: '2026-12-20', reason: 'holidays' })
    expect(await everyRow(test, { list: 'all' })).not.toEqual(before)
    await test.call('action.undo', { id: undoId })
    const after = await everyRow(test, { list: 'all' })
    expect(after).toEqual(before)
    await expect(test.call('action.undo', { id: undoId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  it('Today read page by page holds what its counts say, each once, and its filters divide it', async () => {
    const read = async (input: object) => {
      const rows: OutputOf<'today.list'>['rows'] = []
      for (let after: string | null = null; ;) {
        const page: OutputOf<'today.list'> = await test.call('today.list', { ...input, after, limit: 23 })
        rows.push(...page.rows)
        if (page.next === null) return { rows, counts: page.counts }
        after = page.next
      }
    }
    const { payers } = await test.call('payer.list', {})
    for (const bucket of ['overdue', 'today', 'week', 'waiting'] as const) {
      const { rows, counts } = await read({ bucket })
      expect(rows).toHaveLength(counts[bucket])
      expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
      let covered = 0
      for (const payer of payers) {
        const own = await read({ bucket, payerId: payer.id })
        expect(own.rows.every((row) => row.payerName === payer.name)).toBe(true)
        covered += own.rows.length
      }
      expect(covered).toBe(rows.filter((row) => row.payerName !== null).length)
    }
  })
  it('prints a page for each person, with every row of the list as narrowed, or only the ticked ones', async () => {
    const { id: userId } = await test.call('user.add', {
      name: 'Ben',
      role: 'front_desk',
      password: 'quiet set of words',
    })
    const rows = await everyRow(test, { list: 'open' })
    const [first, second] = [...new Set(rows.map((row) => row.caseId))]
    await test.call('worklist.assign', { caseIds: [first!], userId })
    const { html, title } = await test.call('document.render', { kind: 'worklist', list: { of: 'authorizations' } })
    const mine = rows.filter((row) => row.caseId === first).length
    expect(title).toBe('Worklist')
    expect(html).toContain(`<h2 class="page">Ben: ${mine}</h2>`)
    expect(html.match(/<tr>/g)).toHaveLength(rows.length + 2)
    const two = { of: 'authorizations' as const, caseIds: [second!] }
    const ticked = await test.call('document.render', { kind: 'worklist', list: two })
    expect(ticked.html.match(/<tr>/g)).toHaveLength(rows.filter((row) => row.caseId === second).length + 1)
  })
  it('one unknown case in a bulk and none is touched', async () => {
    const before = await everyRow(test, { list: 'all' })
    const caseIds = [before[0]!.caseId, '01900000-0000-7000-8000-000000000000' as never]
    await expect(test.call('worklist.snooze', { caseIds, until: '2026-12-20', reason: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await everyRow(test, { list: 'all' })).toEqual(before)
  })
})

describe('one authorization', () => {
  let test: TestHost
  let story: D3353
  beforeEach(async () => {
    ;[test, story] = await openUntreated()
  })
  afterEach(() => test.close())
  const one = async () => (await test.call('authorization.forCase', { caseId: story.caseId })).authorizations[0]!
  const start = async () => {
    const { caseId, coverageId } = story
    return (await test.call('authorization.create', { caseId, kind: 'required', coverageId })).id
  }
  const move = async (event: 'submit' | 'approve' | 'approve_modified' | 'deny', on: string) => {
    const { id, version } = await one()
    await test.call('authorization.transition', { id, version, event, on, gapReason: 'films follow' })
  }

  it('a mistaken step is taken back exactly, and both stay in the history', async () => {
    await start()
    await move('submit', '2026-11-02')
    const sent = await one()
    await move('approve', '2026-11-20')
    const approved = await one()
    expect(approved.canUndo).toBe(true)
    await test.call('authorization.undo', { id: approved.id, version: approved.version, reason: 'wrong patient' })
    const back = await one()
    const { version: _sent, history: before, ...facts } = sent
    expect(back).toMatchObject(facts)
    expect(back.history.map((step) => step.event)).toEqual([...before.map((step) => step.event), 'approve', 'undo'])
    expect(back.history.at(-1)).toMatchObject({ user: 'Ana', note: 'wrong patient', to: 'submitted' })
    // The right decision may lie before the day of the mistake.
    await move('deny', '2026-11-10')
    expect((await one()).state).toBe('denied')
  })
  it('an approval with changes asks until it is answered, and asks again when that step is taken back and repeated', async () => {
    const rings = async () =>
      (await test.call('authorization.clocks', {})).clocks.some((clock) => clock.kind === 'changes_open')
    await start()
    await move('submit', '2026-11-02')
    const answer = async (on: string) => {
      const { id, version } = await one()
      return test.call('authorization.answerChanges', { id, version, answer: 'requoted', on, note: 'agrees to pay' })
    }
    await expect(answer('2026-11-20')).rejects.toMatchObject({ code: 'REFUSED' })
    await move('approve_modified', '2026-11-20')
    expect(await rings()).toBe(true)
    await expect(answer('2026-11-19')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await answer('2026-11-21')
    expect(await rings()).toBe(false)
    expect(await one()).toMatchObject({ changesAnswer: 'requoted', changesAnsweredOn: '2026-11-21' })
    const { id, version } = await one()
    await test.call('authorization.undo', { id, version, reason: 'other letter' })
    await move('approve_modified', '2026-11-22')
    expect(await rings()).toBe(true)
  })
  it('the estimate for the patient names what the plan leaves, and a total only when every part is known', async () => {
    await start()
    await move('submit', '2026-11-02')
    const { id, version, lines } = await one()
    const fee = lines[0]!.feeCents
    await test.call('authorization.transition', {
      id,
      version,
      event: 'approve_modified',
      on: '2026-11-20',
      lines: lines.map((line) => ({ ...line, approvedCents: fee - 10_050 })),
    })
    const { html, fileName } = await test.call('document.render', { kind: 'patient-estimate', id })
    expect(html).toContain('$100.50')
    expect(html).toContain('not a guarantee')
    expect(fileName).toBe('claimwright-patient-estimate-2026-11-23.pdf')
    const silent = await test.call('authorization.update', {
      id,
      version: version + 1,
      details: {},
      lines: lines.map((line) => ({ ...line, approvedCents: null })),
    })
    expect(silent).toEqual({})
    expect((await test.call('document.render', { kind: 'patient-estimate', id })).html).not.toContain('$100.50')
  })
  it('the morning’s count is what rings, and nothing once the office does not want it', async () => {
    await start()
    expect(await test.call('authorization.morningCount', {})).toEqual({ count: 0 })
    test.setNow('2026-11-30T15:00:00')
    expect(await test.call('authorization.morningCount', {})).toEqual({ count: 1 })
    await test.call('setting.set', { morningNotice: false })
    expect(await test.call('authorization.morningCount', {})).toEqual({ count: null })
  })
  it('a holiday added later moves the clocks of requests already sent', async () => {
    await start()
    await move('submit', '2026-11-16')
    const due = async () =>
      test.host.vault!.sqlite.prepare("SELECT due_on FROM clock WHERE kind = 'no_answer'").get() as { due_on: string }
    const { due_on: before } = await due()
    await test.call('setting.set', { holidays: [before] })
    expect((await due()).due_on > before).toBe(true)
  })
  it('the second payer is asked on its own: listed under its name, and silencing nothing of the first', async () => {
    await start()
    await move('submit', '2026-11-02')
    await move('deny', '2026-11-10')
    const { id: payerId } = await test.call('payer.add', { payer: { name: 'Second Example Plan', payerCode: '88888' } })
    const { id: planId } = await test.call('plan.add', { plan: { payerId, name: 'Second', groupNumber: '' } })
    const { patient, coverages } = await test.call('case.get', { id: story.caseId })
    const { subscriber } = coverages[0]!
    const { id: coverageId } = await test.call('coverage.add', {
      coverage: { patientId: patient.id, planId, order: 'secondary', memberId: 'M-2', subscriber },
    })
    await test.call('authorization.create', { caseId: story.caseId, kind: 'required', coverageId })
    const { rows } = await test.call('authorization.list', { list: 'all', payerId })
    expect(rows.map((row) => [row.payerName, row.state])).toEqual([['Second Example Plan', 'drafting']])
    const { clocks } = await test.call('authorization.clocks', {})
    expect(clocks.map((clock) => clock.kind)).toContain('denied_authorization')
  })
  it('somebody else may not take a step back', async () => {
    await start()
    await move('submit', '2026-11-02')
    await test.call('user.add', { name: 'Ben', password: 'another quiet set of words', role: 'front_desk' })
    await test.call('session.lock', { reason: 'user' })
    await test.call('session.signIn', { name: 'Ben', password: 'another quiet set of words' })
    const { id, version, canUndo } = await one()
    expect(canUndo).toBe(false)
    await expect(test.call('authorization.undo', { id, version, reason: 'x' })).rejects.toMatchObject({
      code: 'REFUSED',
    })
  })
  it('a touch is on the timeline, lets the case rest, and is taken back', async () => {
    const id = await start()
    await move('submit', '2026-10-05')
    const ringing = async () => (await test.call('authorization.clocks', {})).clocks.map((clock) => clock.kind)
    expect(await ringing()).toEqual(['no_answer'])
    const touch = { kind: 'call' as const, text: 'Under review', reference: 'C-1', nextOn: '2026-12-01' }
    const { undoId } = await test.call('authorization.touch', { id, ...touch })
    expect(await ringing()).toEqual([])
    const { timeline } = await test.call('case.get', { id: story.caseId })
    expect(timeline.map((entry) => entry.text)).toContain('Call: Under review (ref. C-1)')
    await test.call('action.undo', { id: undoId })
    expect(await ringing()).toEqual(['no_answer'])
  })
  it('an approval turns stale when the coverage changes, and fresh again when it is put back', async () => {
    await start()
    await move('submit', '2026-11-02')
    await move('approve', '2026-11-20')
    const stale = async () => (await test.call('authorization.list', { list: 'stale' })).rows.map((row) => row.reason)
    expect(await stale()).toEqual([])
    const { coverages } = await test.call('patient.get', { id: story.patientId })
    const { id, version, payerName: _p, planName: _n, groupNumber: _g, payerId: _i, ...coverage } = coverages[0]!
    await test.call('coverage.update', { id, version, coverage: { ...coverage, memberId: 'M-200' } })
    const view = await test.call('case.get', { id: story.caseId })
    await test.call('case.update', { id: story.caseId, version: view.version, changes: { treatment: 'planned' } })
    expect(await stale()).toEqual([expect.stringContaining('The member ID has changed')])
    await test.call('coverage.update', { id, version: version + 1, coverage })
    await test.call('case.touch', { caseId: story.caseId, kind: 'note', text: 'put right' })
    expect(await stale()).toEqual([])
  })
  it('after ten answers the payer’s own history sets the expected day', async () => {
    const expectedFor = async (days: number) => {
      const { caseId, coverageId } = await createD3353(test, 0, {
        name: `Payer ${days}`,
        terms: [spanOf('answer', 12, 'bd')],
      })
      const answer = async (on: string) => {
        const { id } = await test.call('authorization.create', { caseId, kind: 'estimate', coverageId })
        const go = async (event: 'submit' | 'deny' | 'withdraw', day: string) => {
          const { authorizations } = await test.call('authorization.forCase', { caseId })
          const { version, expectedBasis } = authorizations.find((each) => each.id === id)!
          if (event !== 'submit') bases.push(expectedBasis)
          await test.call('authorization.transition', { id, version, event, on: day, gapReason: 'x' })
        }
        await go('submit', '2026-11-02')
        await go('deny', on)
        await go('withdraw', on)
      }
      const bases: string[] = []
      for (let at = 0; at < days; at += 1) await answer('2026-11-05')
      return bases.at(-1)!
    }
    expect(await expectedFor(10)).toMatch(/12 business days/)
    expect(await expectedFor(11)).toMatch(/3 business days \(our 10 answers\)/)
  })
  it('figures count one approval of one case and its business days', async () => {
    await start()
    await move('submit', '2026-11-02')
    await move('approve', '2026-11-06')
    const { rows, turnaround } = await test.call('authorization.figures', { from: '2026-11-01', to: '2026-11-30' })
    expect(rows).toMatchObject([{ code: 'D3353', cases: 1, approved: 1, modified: 0, denied: 0, medianDays: 4 }])
    expect(turnaround).toMatchObject([{ payerName: 'Sample Dental Plan', ownDays: 4, answers: 1 }])
  })
})
