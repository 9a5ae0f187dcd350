// Office, dentists, payers and plans through the routes: kept, versioned, audited.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestHost, TEST_NOW, type TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
beforeAll(async () => {
  test = await openTestHost()
})
afterAll(() => test.close())

const PAYER = {
  name: 'Sample Dental Plan',
  payerCode: 'SDP01',
  reportingMode: 'final_only' as const,
}

describe('office', () => {
  it('a change is kept and its trail holds the values before and after', async () => {
    const { version, ...office } = await test.call('office.get', {})
    await test.call('office.update', { version, office: { ...office, phone: '555-555-0199' } })
    expect((await test.call('office.get', {})).phone).toBe('555-555-0199')
    const { rows } = await test.call('audit.list', { entityId: '1' })
    expect(JSON.parse(rows[0]!.before!).phone).toBe(office.phone)
    expect(JSON.parse(rows[0]!.after!).phone).toBe('555-555-0199')
  })

  it('an old version is refused and tells who changed the office and when', async () => {
    const { version, ...office } = await test.call('office.get', {})
    await expect(test.call('office.update', { version: version - 1, office })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { changedBy: 'Ana', changedAt: new Date(TEST_NOW).toISOString(), version },
    })
  })

  it('an NPI with a wrong check digit never gets in', async () => {
    const provider = { firstName: 'Robin', lastName: 'Sample', npi: '1234567890', license: '' }
    await expect(test.call('provider.add', { provider })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('providers', () => {
  it('a dentist who left stays in the list, marked inactive', async () => {
    const { id } = await test.call('provider.add', {
      provider: { firstName: 'Robin', lastName: 'Sample', npi: '', license: 'L2' },
    })
    const added = (await test.call('provider.list', {})).providers.find((one) => one.id === id)!
    const { id: _, active: __, version, ...provider } = added
    await test.call('provider.update', { id, version, provider, active: false })
    const after = (await test.call('provider.list', {})).providers.find((one) => one.id === id)!
    expect(after).toMatchObject({ active: false, version: version + 1 })
  })
})

describe('payers and plans', () => {
  it('finds a payer by a part of its name or its payer ID', async () => {
    const { id } = await test.call('payer.add', { payer: PAYER })
    for (const text of ['dental', 'SDP0']) {
      const { payers } = await test.call('payer.list', { text })
      expect(
        payers.map((payer) => payer.id),
        text,
      ).toContain(id)
    }
    expect((await test.call('payer.list', { text: 'nothing like it' })).payers).toEqual([])
    // A percent sign is a character to look for, not a wildcard.
    expect((await test.call('payer.list', { text: '%' })).payers).toEqual([])
  })

  it('a plan belongs to its payer and cannot name one that does not exist', async () => {
    const payer = (await test.call('payer.add', { payer: { ...PAYER, name: 'Second Payer' } })).id
    await test.call('plan.add', { plan: { payerId: payer, name: 'PPO', endoPercent: 80 } })
    expect((await test.call('plan.list', { payerId: payer })).plans).toMatchObject([
      { name: 'PPO', payerName: 'Second Payer', endoPercent: 80 },
    ])
    const missing = '019dbf5c-0000-7000-8000-000000000000' as typeof payer
    await expect(test.call('plan.add', { plan: { payerId: missing, name: 'PPO' } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
