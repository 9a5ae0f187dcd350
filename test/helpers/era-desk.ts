// The desk of the D3353 example where remittance files come in: claims of one or two lines, to one plan or to a second.
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { addFilm as addFilmTo, type D3353, sendClaim } from './d3353.ts'
import type { TestHost } from './test-host.ts'

/** A file of test/fixtures/edi/835 for the claim of this number. */
export const fixture = (name: string, number: string) =>
  readFileSync(`test/fixtures/edi/835/${name}.835`, 'utf8').replaceAll('CW000000000001', number)
export const dollars = (...amounts: number[]) => amounts.map((one) => one * 100)

/** @param at the host and case of the running test */
export function eraDesk(at: () => { test: TestHost; story: D3353 }) {
  /** A film beside the treatment: claims of two lines. */
  const addFilm = () => addFilmTo(at().test, at().story.caseId)
  /** A second plan of the patient, and a claim to it. */
  async function draftToSecond() {
    const { id: payerId } = await at().test.call('payer.add', { payer: { name: 'Second Plan', payerCode: '88888' } })
    const { id: planId } = await at().test.call('plan.add', {
      plan: { payerId, name: 'Second PPO', groupNumber: 'G-2' },
    })
    const { subscriber } = (await at().test.call('patient.get', { id: at().story.patientId })).coverages[0]!
    const { id: coverageId } = await at().test.call('coverage.add', {
      coverage: {
        patientId: at().story.patientId,
        planId,
        order: 'secondary',
        memberId: 'S-200',
        relation: 'child',
        subscriber,
      },
    })
    await at().test.call('claim.create', { caseId: at().story.caseId, coverageId })
    const { claims } = await at().test.call('claim.forCase', { caseId: at().story.caseId })
    return claims.find((one) => one.coverageId === coverageId)!
  }
  async function sendToSecond(): Promise<string> {
    const claim = await draftToSecond()
    const sent = { on: '2026-11-21', channel: 'electronic' as const, reason: 'Papers follow' }
    await at().test.call('claim.transition', { id: claim.id, version: claim.version, event: 'send', ...sent })
    return claim.number
  }
  const money = async () => (await at().test.call('case.get', { id: at().story.caseId })).money
  const firstNumber = async () => {
    const { claims } = await at().test.call('claim.forCase', { caseId: at().story.caseId })
    return claims.find((one) => one.coverageId === at().story.coverageId)!.number
  }
  async function post(name: string, number: string, acknowledgeDifference = false) {
    const imported = await at().test.call('era.import', { text: fixture(name, number) })
    return at().test.call('era.post', { paymentId: imported.payments[0]!, acknowledgeDifference })
  }

  /** Posts files on the first plan's claim, the second of two `C` files on the second's, and tells what counts after each. */
  async function postAll(names: string) {
    await sendClaim(at().test, at().story)
    const number = await firstNumber()
    const said = []
    for (const name of names.split(' ')) {
      const isSecond = /^C\d-2$/.test(name)
      const { left } = await post(name, isSecond ? await sendToSecond() : number)
      const { paidCents, writeOffCents, patientCents, openCents } = await money()
      expect(paidCents + writeOffCents + patientCents! + openCents).toBe((await money()).feeCents)
      said.push({ left: left.map((one) => one.reason), is: [paidCents, writeOffCents, patientCents, openCents] })
    }
    return said
  }
  return { addFilm, draftToSecond, sendToSecond, money, firstNumber, post, postAll }
}
