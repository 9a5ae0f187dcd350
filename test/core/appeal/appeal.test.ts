// Appeal deadlines, levels and the life cycles' tables.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as appeal from '#core/appeal/lifecycle.ts'
import { deadlineOf, levelsFor } from '#core/appeal/deadline.ts'
import { APPEAL_EVENTS, APPEAL_STATES } from '#core/appeal/schema.ts'
import * as authorization from '#core/authorization/lifecycle.ts'
import { AUTHORIZATION_EVENTS, AUTHORIZATION_STATES } from '#core/authorization/schema.ts'
import * as claim from '#core/claim/lifecycle.ts'
import { CLAIM_EVENTS, CLAIM_STATES } from '#core/claim/schema.ts'

describe('row 42: the deadline counts from the EOB date', () => {
  const payer = { name: 'Sample Dental', appealDays: 60, source: 'provider manual' }
  it('the letter controls, then the payer, then an unverified default', () => {
    expect(deadlineOf({ eobDate: '2026-10-23', daysOnLetter: 30, payer })).toMatchObject({
      on: '2026-11-22',
      basis: 'letter',
    })
    expect(deadlineOf({ eobDate: '2026-10-23', daysOnLetter: null, payer })).toMatchObject({
      on: '2026-12-22',
      basis: 'payer',
    })
    expect(deadlineOf({ eobDate: '2026-10-23', daysOnLetter: null, payer: null })).toMatchObject({
      on: '2027-04-21',
      basis: 'default',
      confidence: 'unverified',
    })
  })
})

describe('levels', () => {
  const deadline = deadlineOf({ eobDate: '2026-10-23', daysOnLetter: null, payer: null })
  const levels = (changes: Partial<Parameters<typeof levelsFor>[0]>) =>
    levelsFor({
      outcome: 'denied',
      cause: 'documentation',
      deadline,
      informationDueOn: null,
      used: [],
      unprocessable: false,
      ...changes,
    }).map((one) => one.level)
  it('information comes before an appeal, a correction before both', () => {
    expect(levels({})[0]).toBe('information')
    expect(levels({ cause: 'mismatch' })[0]).toBe('corrected_claim')
  })
  it('a claim that could not be processed (MA130) is corrected, never appealed', () => {
    expect(levels({ unprocessable: true })).toEqual(['corrected_claim'])
  })
  it('nothing is offered for a paid line, the second level only after a lost first', () => {
    expect(levels({ outcome: 'paid' })).toEqual([])
    expect(levels({ cause: 'bundling' })).not.toContain('second')
    expect(levels({ cause: 'bundling', used: [{ level: 'first', lost: true }] })).toContain('second')
  })
})

describe('life cycles', () => {
  const machines = [
    {
      name: 'authorization',
      states: AUTHORIZATION_STATES,
      events: AUTHORIZATION_EVENTS,
      transition: authorization.transition,
      eventsFrom: authorization.eventsFrom,
    },
    {
      name: 'claim',
      states: CLAIM_STATES,
      events: CLAIM_EVENTS,
      transition: claim.transition,
      eventsFrom: claim.eventsFrom,
    },
    {
      name: 'appeal',
      states: APPEAL_STATES,
      events: APPEAL_EVENTS,
      transition: appeal.transition,
      eventsFrom: appeal.eventsFrom,
    },
  ] as const
  it.each(machines.map((machine) => [machine.name, machine] as const))(
    '%s: only what the table offers is allowed, and refusals say why',
    (_name, machine) => {
      const step = machine.transition as (
        state: string,
        event: string,
      ) => { allowed: boolean; to?: string; reasons?: string[] }
      const offered = machine.eventsFrom as (state: string) => readonly string[]
      fc.assert(
        fc.property(
          fc.constantFrom(...machine.states),
          fc.array(fc.constantFrom(...machine.events), { maxLength: 30 }),
          (start, events) => {
            let state: string = start
            for (const event of events) {
              const result = step(state, event)
              expect(result.allowed).toBe(offered(state).includes(event))
              if (result.allowed) state = result.to!
              else expect(result.reasons![0]!.length).toBeGreaterThan(10)
            }
            expect(machine.states as readonly string[]).toContain(state)
          },
        ),
      )
    },
  )
  it('terminal states of domain.md 4 offer nothing', () => {
    for (const state of ['not_required', 'used', 'withdrawn'] as const)
      expect(authorization.eventsFrom(state)).toEqual([])
  })
})
