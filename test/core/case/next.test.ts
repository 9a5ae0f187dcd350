import { describe, expect, it } from 'vitest'
import { clocksOf } from '#core/case/clocks.ts'
import type { CaseSnapshot } from '#core/case/dated-facts.ts'
import { nextOf } from '#core/case/next.ts'
import type { TaskId } from '#core/ids.ts'
import { MISSING } from '#core/case/steps.ts'
import { snapshot } from './snapshot.ts'

const TODAY = '2026-12-01'
const next = (change: Partial<CaseSnapshot>, status = '', hasQuestions = false) =>
  nextOf(clocksOf(snapshot(change)), TODAY, [], { status, hasQuestions })

describe('the button in the header of a case', () => {
  // Bug: “Answer the questions” beside “Nothing left to ask”.
  it('asks the dentist once every question is answered', () => {
    const undecided = { decided: false, confirmed: false }
    expect(next(undecided, '', true)?.action).toBe('Answer the questions')
    expect(next(undecided)?.action).toBe('Ask the dentist')
  })
  // Bug: “Documentation missing” beside “Send the request”.
  it('completes the documents before it sends', () => {
    expect(next({ need: 'yes' })).toMatchObject({ form: 'send_request' })
    expect(next({ need: 'yes' }, MISSING)).toMatchObject({
      action: 'Complete the documents',
      form: null,
      step: 'documentation',
    })
  })
  // Bug: a denial that the office wanted to appeal had “Write off or bill” as its next step.
  it('contests a denial before it writes it off', () => {
    const task = { id: 't1' as TaskId, title: 'D3352 #8: appeal', dueOn: TODAY, assigneeId: null }
    expect(next({ tasks: [{ ...task, about: 'appeal' }] })).toMatchObject({ action: 'Correct or appeal', form: null })
    expect(next({ tasks: [{ ...task, about: 'open' }] })).toMatchObject({ form: 'settle_open' })
  })
})
