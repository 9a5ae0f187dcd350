// Limits over time, counted from the office's own record. Each case names the count that would be wrong.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths } from '#core/dates.ts'
import { findExceeded, type Service } from '#core/guide/frequency.ts'
import type { Frequency, Guide } from '#core/guide/schema.ts'
import { endodontics, periodontal } from './guides.ts'

const TODAY = '2026-11-23'
const service = (code: string, serviceDate: string | null, more: Partial<Service> = {}): Service => ({
  code,
  tooth: '8',
  area: null,
  serviceDate,
  quantity: 1,
  providerId: 'd1',
  ...more,
})
const ids = (guide: Guide, lines: Service[], history: Service[] = []) =>
  findExceeded(guide, lines, history).map((finding) => finding.id)

describe('row 29: limits of the shipped guides', () => {
  it('a rolling limit ends on its own day, not a day early and not a year late', () => {
    const now = [service('D3346', TODAY)]
    expect(ids(endodontics, now, [service('D3346', '2024-11-24')])).toEqual(['frequency_retreat_24'])
    expect(ids(endodontics, now, [service('D3346', '2024-11-23')])).toEqual([])
  })
  it('the first root canal counts for its redo by the same dentist only', () => {
    const now = [service('D3346', TODAY)]
    expect(ids(endodontics, now, [service('D3310', '2026-01-05')])).toEqual(['frequency_retreat_24'])
    expect(ids(endodontics, now, [service('D3310', '2026-01-05', { providerId: 'd2' })])).toEqual([])
  })
  it('a lifetime limit has no end, but holds for its own tooth', () => {
    const now = [service('D3351', TODAY)]
    expect(ids(endodontics, now, [service('D3351', '2009-02-01')])).toEqual(['frequency_d3351_once'])
    expect(ids(endodontics, now, [service('D3351', '2009-02-01', { tooth: '9' })])).toEqual([])
  })
  it('quadrants count by area, also where a tooth names it, and surgery counts for scaling', () => {
    const scaling = service('D4341', TODAY, { tooth: null, area: '10' })
    const before = (more: Partial<Service>, code = 'D4341') => [service(code, '2025-06-01', { tooth: null, ...more })]
    expect(ids(periodontal, [scaling], before({ area: '10' }))).toEqual(['frequency_srp_24'])
    expect(ids(periodontal, [scaling], before({ area: '20' }))).toEqual([])
    expect(ids(periodontal, [scaling], before({ tooth: '3' }))).toEqual(['frequency_srp_24'])
    expect(ids(periodontal, [scaling], before({ area: '10' }, 'D4260'))).toEqual(['frequency_srp_24'])
  })
  it('a calendar year starts on January 1 and different cleanings share one count', () => {
    const year = ['2026-01-02', '2026-04-02', '2026-07-02'].map((on) => service('D1110', on, { tooth: null }))
    const now = [service('D4910', TODAY, { tooth: null })]
    expect(ids(periodontal, now, year)).toEqual([])
    expect(ids(periodontal, now, [...year, service('D4346', '2026-10-01')])).toEqual(['frequency_cleanings_4'])
    expect(ids(periodontal, now, [...year, service('D4346', '2025-12-31')])).toEqual([])
  })
  it('a repeat on the same claim counts; a planned one and one in the future do not', () => {
    expect(ids(endodontics, [service('D3353', TODAY), service('D3353', TODAY)])).toEqual(['frequency_d3353_once'])
    expect(ids(endodontics, [service('D3352', TODAY, { quantity: 4 })])).toEqual(['frequency_d3352_soft'])
    const others = [service('D3353', null), service('D3353', '2027-01-05')]
    expect(ids(endodontics, [service('D3353', TODAY)], others)).toEqual([])
  })
  it('says the limit, what was counted, the source and how sure it is', () => {
    const [finding] = findExceeded(endodontics, [service('D3346', TODAY)], [service('D3310', '2026-01-05')])
    expect(finding).toMatchObject({
      severity: 'warn',
      confidence: 'unverified',
      source: 'Claimwright, general knowledge',
    })
    expect(finding!.message).toMatch(/^D3346 on tooth 8: limit 1 in 24 months\. Counted: D3310 Jan 5, 2026\. /)
  })
})

const rule = (change: Partial<Frequency>): Guide => ({
  ...endodontics,
  frequency: [
    {
      id: 'r',
      codes: ['D3351'],
      scope: 'tooth',
      sameProvider: false,
      count: 2,
      period: 12,
      unit: 'month',
      note: 'n',
      source: ['s'],
      confidence: 'reported',
      ...change,
    },
  ],
})

describe('properties', () => {
  const history = fc.array(
    fc.integer({ min: 0, max: 900 }).map((days) => service('D3351', addDays(TODAY, -days))),
    { maxLength: 8 },
  )
  it('warns exactly when more than the limit fall into the period', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 4 }), (past, count) => {
        const within = past.filter((one) => addMonths(one.serviceDate!, 12) > TODAY).length
        const warned = ids(rule({ count }), [service('D3351', TODAY)], past).length > 0
        expect(warned).toBe(within + 1 > count)
      }),
    )
  })
  it('more on record never lifts a warning', () => {
    fc.assert(
      fc.property(history, history, (some, more) => {
        const now = [service('D3351', TODAY)]
        expect(ids(rule({}), now, some).length).toBeLessThanOrEqual(ids(rule({}), now, [...some, ...more]).length)
      }),
    )
  })
})
