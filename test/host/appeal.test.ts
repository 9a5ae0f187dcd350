// Appeals on a real host: level, deadline, letter from the record, outcome. Rows of desk.md section D by number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppealEvent, AppealLevel } from '#core/appeal/schema.ts'
import type { InputOf } from '#core/contract/index.ts'
import type { ClaimId } from '#core/ids.ts'
import {
  attach,
  createD3353,
  type D3353,
  DENIED_LINE,
  eobOf,
  openTreated,
  PAID_LINE,
  sendClaim,
} from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
let claimId: ClaimId
beforeEach(async () => {
  ;[test, story] = await openTreated()
  claimId = await sendClaim(test, story)
})
afterEach(() => test.close())
const deny = async (more: Partial<InputOf<'remittance.post'>['remittance']> = {}) =>
  test.call('remittance.post', { remittance: await eobOf(test, story, DENIED_LINE, more) })
const create = (level: AppealLevel = 'first', deadlineOn: string | null = null) =>
  test.call('appeal.create', { claimId, remittanceId: null, level, deadlineOn })
const forCase = () => test.call('remittance.forCase', { caseId: story.caseId })
const latest = async () => (await forCase()).appeals[0]!
async function move(event: AppealEvent, on: string, more: Partial<InputOf<'appeal.transition'>> = {}) {
  const { id, version } = await latest()
  await test.call('appeal.transition', { id, version, event, on, ...more })
}

describe('row 42: the deadline counts from the EOB’s date', () => {
  it('by the letter, when it says how long', async () => {
    await deny({ appealDaysOnLetter: 60 })
    await create()
    expect((await latest()).deadline).toMatchObject({ on: '2027-01-21', basis: 'letter', confidence: 'confirmed' })
  })
  it('by the default, labelled as unverified, when nothing is known', async () => {
    await deny()
    await create()
    expect((await latest()).deadline).toMatchObject({ on: '2027-05-21', basis: 'default', confidence: 'unverified' })
  })
  it('by a date typed from the letter, which cannot lie before the EOB', async () => {
    await deny()
    await expect(create('first', '2026-11-01')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await create('first', '2026-12-31')
    expect((await latest()).deadline).toMatchObject({ on: '2026-12-31', days: 39, basis: 'letter' })
  })
})

describe('row 40: the letter comes from the record', () => {
  it('names reason codes and facts, quotes notes, encloses what the appeal asks for', async () => {
    const { id: filmId } = await attach(test, story.caseId)
    await attach(test, story.caseId, { kind: 'photo' })
    const note = {
      notedOn: '2026-09-30',
      author: 'Dr. Doe',
      text: 'Apex open, no response to cold',
      itemKeys: ['findings'],
    }
    const { id: noteId } = await test.call('note.add', { caseId: story.caseId, note })
    await deny()
    await create()
    const { letter } = await latest()
    expect(letter.quotedReason).toBe('D3353: CO-50 $850.00; remarks N10')
    expect(letter.body).toContain('D3353 on tooth #8 was completed on Nov 20, 2026.')
    expect(letter.body).toContain('The film of Sep 30, 2026, before treatment, shows an open root tip.')
    expect(letter).toMatchObject({ noteIds: [noteId], enclosureIds: [filmId] })
  })
  it('row 41: a film after treatment is asked for, and open places hold the letter back', async () => {
    await deny()
    await create()
    expect((await latest()).letter.body).toContain('[new post-treatment film')
    await expect(move('send', '2026-11-23')).rejects.toMatchObject({
      code: 'REFUSED',
      details: { reasons: expect.arrayContaining([expect.stringContaining('new post-treatment film')]) },
    })
    await attach(test, story.caseId, { kind: 'post_op_periapical', takenOn: '2026-11-20' })
    await create('reconsideration')
    const [second] = (await forCase()).appeals
    expect(second!.letter.body).toContain('The film of Nov 20, 2026 shows the finished treatment.')
  })
  it('a note or film of another case cannot be quoted', async () => {
    const other = await createD3353(test, 0, { name: 'Other' })
    const { id: foreign } = await attach(test, other.caseId)
    await deny()
    await create()
    const { id, version, letter, deadline } = await latest()
    const edited = { ...letter, enclosureIds: [foreign] }
    await expect(test.call('appeal.update', { id, version, letter: edited, deadline })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })
})

describe('life cycle', () => {
  it('without a decision there is nothing to appeal, and one level runs once at a time', async () => {
    await expect(create()).rejects.toMatchObject({ code: 'REFUSED' })
    await deny()
    await create()
    await expect(create()).rejects.toMatchObject({ code: 'REFUSED' })
  })
  it('row 43: sent with a reason for the gaps, kept as sent, the outcome logged with its note', async () => {
    await deny()
    await create()
    await move('send', '2026-11-23', { gapReason: 'Deadline near', channel: 'fax' })
    const { id, version, letter, deadline } = await latest()
    await expect(test.call('appeal.update', { id, version, letter, deadline })).rejects.toMatchObject({
      code: 'REFUSED',
    })
    test.setNow('2026-12-20T15:00:00')
    await expect(move('lose', '2026-11-22')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await move('lose', '2026-12-18', { note: 'Upheld by adviser' })
    expect(await latest()).toMatchObject({
      state: 'lost',
      sentOn: '2026-11-23',
      channel: 'fax',
      decidedOn: '2026-12-18',
      outcomeNote: 'Upheld by adviser',
      events: [],
    })
    expect((await forCase()).levels.map((one) => one.level)).toContain('second')
  })
  it('after the deadline sending takes a reason that names it', async () => {
    await deny()
    await create('first', '2026-11-25')
    test.setNow('2026-11-30T15:00:00')
    await expect(move('send', '2026-11-30')).rejects.toMatchObject({
      details: { reasons: expect.arrayContaining([expect.stringContaining('The deadline was Nov 25, 2026')]) },
    })
  })
  it('an EOB that was taken back cannot be appealed', async () => {
    const { id } = await deny()
    await deny()
    await test.call('remittance.reverse', { id, reason: 'Entered twice' })
    const again = test.call('appeal.create', { claimId, remittanceId: id, level: 'first' })
    await expect(again).rejects.toMatchObject({ code: 'REFUSED' })
  })
  // Bug: a letter drafted before still went out, about a decision that was never made.
  it('an appeal drafted on an EOB that was taken back since cannot be sent', async () => {
    const { id } = await deny()
    await create()
    await deny()
    await test.call('remittance.reverse', { id, reason: 'Entered twice' })
    const { appeals } = await forCase()
    expect(appeals).toMatchObject([{ remittanceId: id }])
    await expect(move('send', '2026-11-23', { gapReason: 'Papers follow' })).rejects.toMatchObject({
      code: 'REFUSED',
      message: 'This EOB was undone. Appeal the current one.',
    })
    await move('withdraw', '2026-11-23')
    expect((await latest()).state).toBe('withdrawn')
  })
})

describe('after the decision', () => {
  async function sendAndDecide(event: AppealEvent, more: Partial<InputOf<'appeal.transition'>> = {}) {
    await deny()
    await create()
    await move('send', '2026-11-23', { gapReason: 'Deadline near' })
    test.setNow('2026-12-20T15:00:00')
    await move(event, '2026-12-18', more)
  }
  it('a sent appeal says when its decision is due, and why', async () => {
    await deny()
    await create()
    expect((await latest()).answer).toBeNull()
    await move('send', '2026-11-23', { gapReason: 'Deadline near' })
    expect((await latest()).answer).toMatchObject({ on: '2027-01-22', confidence: 'reported' })
    test.setNow('2027-01-23T15:00:00')
    const { rows } = await test.call('today.list', {})
    expect(rows.map((row) => row.reason)).toContain('No decision on the appeal; it was due Jan 22, 2027')
  })
  it('the second level counts from the first’s decision and the days its letter names', async () => {
    await sendAndDecide('lose', { nextDays: 45 })
    const second = (await forCase()).levels.find((one) => one.level === 'second')
    expect(second!.deadline).toMatchObject({ on: '2027-02-01', countedFrom: '2026-12-18', basis: 'letter' })
    await create('second')
    expect((await latest()).deadline).toMatchObject({ on: '2027-02-01', basis: 'letter' })
  })
  it('a won one waits for its payment; the reprocessed EOB closes it with the amount recovered', async () => {
    await sendAndDecide('win')
    expect((await latest()).settlement).toEqual({ paidOn: null, recoveredCents: 0 })
    test.setNow('2027-01-10T15:00:00')
    const dates = { eobDate: '2027-01-05', receivedOn: '2027-01-08' }
    await test.call('remittance.post', { remittance: await eobOf(test, story, PAID_LINE, dates) })
    expect((await latest()).settlement).toEqual({ paidOn: '2027-01-08', recoveredCents: 48000 })
    const { rows } = await test.call('today.list', {})
    expect(rows.filter((row) => row.caseId === story.caseId && /[Aa]ppeal/.test(row.reason))).toEqual([])
  })
  it('a withdrawal keeps why', async () => {
    await deny()
    await create()
    await move('withdraw', '2026-11-23', { note: 'Paid by the other plan' })
    expect(await latest()).toMatchObject({ state: 'withdrawn', outcomeNote: 'Paid by the other plan' })
    const { timeline } = await test.call('case.get', { id: story.caseId })
    expect(timeline.some((entry) => entry.text.includes('Paid by the other plan'))).toBe(true)
  })
  it('write-off is offered only once the time to appeal is over, and not while an appeal runs', async () => {
    await deny({ appealDaysOnLetter: 30 })
    const offered = async () => (await forCase()).remittances[0]!.lines[0]!.advice.map((one) => one.action)
    expect(await offered()).toEqual(['APP'])
    await create()
    test.setNow('2026-12-23T15:00:00')
    expect(await offered()).toEqual(['WO'])
    await move('send', '2026-12-23', { gapReason: 'Late, by the payer’s leave' })
    expect(await offered()).toEqual(['APP'])
  })
})

describe('row 40: evidence and packet', () => {
  it('says what this kind of denial needs and what the case has of it', async () => {
    await deny({
      lines: [
        { ...(await eobOf(test, story, {})).lines[0]!, adjustments: [{ group: 'CO', carc: '119', cents: 85000 }] },
      ],
    })
    await create()
    expect((await latest()).evidence.map((item) => [item.title, item.have])).toEqual([
      ['History of the tooth with dates', null],
      ['Chart entry that shows a new phase', null],
      ['The plan’s clause', null],
      ['The decision that is contested', null],
    ])
    await attach(test, story.caseId, { kind: 'denial_letter', takenOn: '2026-11-22', tooth: null })
    expect((await latest()).evidence.at(-1)!.have).toBe('Denial letter, Nov 22, 2026')
  })
  it('the packet holds the letter and its enclosures in the letter’s order, and is kept as sent', async () => {
    const { id: first } = await attach(test, story.caseId)
    const { id: second } = await attach(test, story.caseId, { kind: 'eob', takenOn: '2026-11-22', tooth: null })
    await deny()
    const { id: appealId } = await create()
    const { version, letter, deadline } = await latest()
    const edited = { ...letter, enclosureIds: [second, first] }
    await test.call('appeal.update', { id: appealId, version, letter: edited, deadline })
    const of = { appealId }
    const preview = await test.call('packet.preview', { of })
    expect(preview.enclosures.map((file) => [file.number, file.id])).toEqual([
      [1, second],
      [2, first],
    ])
    const reason = 'New film follows'
    const options = { of, channel: 'paper' as const, form: 'pdf' as const, remark: '', reason }
    const { sheets } = await test.call('packet.sheets', options)
    expect(sheets).toHaveLength(1)
    expect(sheets[0]!.html).toContain('We appeal this decision')
    expect(sheets[0]!.html.indexOf('Enclosure 1')).toBeLessThan(sheets[0]!.html.indexOf('Enclosure 2'))
    const files = [{ name: 'packet.pdf', media: 'application/pdf', content: new Uint8Array([37, 80, 68, 70]) }]
    await test.call('packet.keep', { ...options, files })
    expect((await test.call('packet.preview', { of })).sent).toMatchObject([{ user: 'Ana', form: 'pdf' }])
  })
})
