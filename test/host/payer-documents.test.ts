// What a payer wants reaches the checklist of its cases: films by age, documents by code, the office's own items (desk cases D1, D2).
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PayerInput } from '#core/patient.ts'
import { createCrown } from '#test/helpers/crown.ts'
import { attach } from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'
import { addRule } from '#test/helpers/payer-rules.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const CORE = [
  { code: 'D2740', serviceDate: '2026-11-10' },
  { code: 'D2950', serviceDate: '2026-11-10' },
]
const crown = (payer: Partial<PayerInput> = {}) => createCrown(test, CORE, payer)
const itemsOf = async (
  caseId: Awaited<ReturnType<typeof crown>>['caseId'],
  stage: 'claim' | 'authorization' = 'claim',
) => (await test.call('documentation.get', { caseId, stage })).items

describe('D1: a film older than the payer takes', () => {
  // Bug: a film of 2024 settled the item for a crown of November 2026.
  it.each([
    ['delta-dental-ins', '2024-09-01', 'problem'],
    ['delta-dental-ins', '2025-11-09', 'problem'],
    ['delta-dental-ins', '2025-11-10', 'done'],
    ['', '2024-09-01', 'done'],
    ['hds-hawaii', '2024-09-01', 'done'],
  ])('%s, film of %s: %s', async (rulesKey, takenOn, state) => {
    const { caseId } = await crown({ rulesKey })
    await attach(test, caseId, { takenOn, tooth: '3' })
    const film = (await itemsOf(caseId)).find(({ item }) => item.id === 'pre_op_film')!
    expect(film.state).toBe(state)
    if (state === 'problem')
      expect(film.problems).toEqual([expect.stringContaining('Harbor Mutual takes none older than 12 months')])
  })
  it('is no more enclosed with the claim, and sending says which film is too old', async () => {
    const { caseId } = await crown({ rulesKey: 'delta-dental-ins' })
    await attach(test, caseId, { takenOn: '2024-09-01', tooth: '3' })
    await test.call('claim.create', { caseId, coverageId: null })
    const [claim] = (await test.call('claim.forCase', { caseId })).claims
    expect(claim!.enclosures).toEqual([])
    const send = {
      id: claim!.id,
      version: claim!.version,
      event: 'send' as const,
      on: '2026-11-23',
      channel: 'mail' as const,
    }
    await expect(test.call('claim.transition', send)).rejects.toMatchObject({
      details: { reasons: expect.arrayContaining([expect.stringContaining('none older than 12 months')]) },
    })
  })
})

describe('D2: lists differ by payer', () => {
  it('what is wanted for a code is named with who wants it and its source', async () => {
    const delta = await itemsOf((await crown({ rulesKey: 'delta-dental-ins' })).caseId)
    const hds = await itemsOf((await crown({ rulesKey: 'hds-hawaii' })).caseId)
    const none = await itemsOf((await crown()).caseId)
    const wanted = (items: typeof none) => items.filter(({ item }) => item.payer !== '').map(({ item }) => item.title)
    expect(wanted(none)).toEqual([])
    expect(wanted(delta)).toEqual(
      expect.arrayContaining([expect.stringContaining('film'), expect.stringContaining('ecessity')]),
    )
    expect(wanted(hds)).toEqual(['Required attachments sent with the claim'])
    const narrative = delta.find(({ item }) => item.evidenceKinds.includes('narrative'))!.item
    expect(narrative.detail).toContain('Delta wants a narrative with this code')
    expect(narrative.source).toContain('deltadentalins.com/dentists/guidance/when-to-send-x-rays.html')
  })
  it('an office adds its own, for the codes and the stage that it names, and takes it off again', async () => {
    const { caseId } = await crown()
    const [payer] = (await test.call('payer.list', { text: 'Harbor' })).payers
    const wants = (title: string, codes: string[]) =>
      addRule(
        test,
        payer!.id,
        { topic: 'document', title, kind: null, stages: ['claim'], maxAgeMonths: null },
        { codes },
      )
    const { id } = await wants('Photo of the isolated tooth', ['D2950-D2957'])
    await wants('Lab bill', ['D5110'])
    const titles = async (stage: 'claim' | 'authorization') =>
      (await itemsOf(caseId, stage)).map(({ item }) => item.title)
    expect(await titles('claim')).toContain('Photo of the isolated tooth')
    expect(await titles('claim')).not.toContain('Lab bill')
    expect(await titles('authorization')).not.toContain('Photo of the isolated tooth')
    const { items, readiness } = await test.call('documentation.get', { caseId, stage: 'claim' })
    expect(readiness.find((one) => one.stage === 'claim')!.missing.join()).toContain('photo of the isolated tooth')
    const key = items.find(({ item }) => item.title.startsWith('Photo of'))!.item.key
    await test.call('documentation.markItem', { caseId, key, note: 'Sent by portal' })
    expect((await itemsOf(caseId)).find(({ item }) => item.key === key)!.state).toBe('done')
    await test.call('payerRule.remove', { id, version: 1 })
    expect(await titles('claim')).not.toContain('Photo of the isolated tooth')
  })
})
