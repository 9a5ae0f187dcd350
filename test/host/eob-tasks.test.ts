// The tasks that an EOB leaves are its own: what ends them ends no others, on a real host.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type D3353, DENIED_LINE, eobOf, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import { eraDesk } from '#test/helpers/era-desk.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())
const desk = eraDesk(() => ({ test, story }))

/** Denied by both plans on EOBs of one day. */
async function denyTwice() {
  const firstId = await sendClaim(test, story)
  const denied = await eobOf(test, story, { ...DENIED_LINE, remarks: [] })
  const first = await test.call('remittance.post', { remittance: denied, acknowledgeDifference: true })
  const number = await desk.sendToSecond()
  const { claims } = await test.call('claim.forCase', { caseId: story.caseId })
  const second = claims.find((one) => one.number === number)!
  const lines = [{ ...denied.lines[0]!, claimLineId: second.lines[0]!.id }]
  const remittance = { ...denied, claimId: second.id, lines }
  const { id } = await test.call('remittance.post', { remittance, acknowledgeDifference: true })
  return { firstClaim: firstId, first: first.id, second: id }
}
const tasks = async () => {
  const { tasks } = await test.call('task.forCase', { caseId: story.caseId })
  return tasks.map((task) => ({ eob: task.remittanceId, kind: task.kind, isDone: task.doneAt !== null }))
}

describe('two EOBs of one day', () => {
  // Bug: tasks were found by the date in their note, so the other plan's denial was no longer followed up.
  it('taking one back leaves the tasks of the other', async () => {
    const { first, second } = await denyTwice()
    await test.call('remittance.reverse', { id: second, reason: 'Wrong patient' })
    const of = await tasks()
    expect(of).toHaveLength(2)
    expect(of).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ eob: first, isDone: false }),
        expect.objectContaining({ eob: second, isDone: true }),
      ]),
    )
  })
  // Bug: an appeal to one plan ended the task to appeal to the other.
  it('an appeal sent for one leaves the task to appeal the other', async () => {
    const { firstClaim, first, second } = await denyTwice()
    await test.call('appeal.create', { claimId: firstClaim, remittanceId: first, level: 'first' })
    const { appeals } = await test.call('remittance.forCase', { caseId: story.caseId })
    const { id, version, letter, deadline } = appeals[0]!
    const body = letter.body.replaceAll(/\[[^\]]*\]/g, 'as enclosed')
    await test.call('appeal.update', { id, version, letter: { ...letter, body }, deadline })
    const sent = { event: 'send' as const, on: '2026-11-23', channel: 'mail' as const, gapReason: 'Papers follow' }
    await test.call('appeal.transition', { id, version: version + 1, ...sent })
    const of = await tasks()
    expect(of.find((task) => task.eob === first)).toMatchObject({ kind: 'appeal', isDone: true })
    expect(of.find((task) => task.eob === second)).toMatchObject({ kind: 'appeal', isDone: false })
  })
})
