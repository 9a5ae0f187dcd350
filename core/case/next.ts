// What a case asks for first: the most urgent of what rings, in words, with the form that does it.
import * as z from 'zod'
import type { IsoDate } from '../dates.ts'
import { AuthorizationId, TaskId } from '../ids.ts'
import { ActionForm, formOf } from './actions.ts'
import { describeClock } from './clock-words.ts'
import type { Clock } from './clocks.ts'
import { Step } from './schema.ts'
import { MISSING, TO_CLOSE } from './steps.ts'
import { BUCKETS, bucketOf, deadlineOf, NEVER } from './urgency.ts'

export const NextStep = z.strictObject({
  reason: z.string(),
  action: z.string(),
  form: ActionForm.nullable(),
  step: Step,
  bucket: z.enum(BUCKETS),
  authorizationId: AuthorizationId.nullable(),
  taskId: TaskId.nullable(),
})
export type NextStep = z.infer<typeof NextStep>

/** What is left to do where nothing rings any more. */
const CLOSE: NextStep = {
  reason: 'Nothing is open',
  action: 'Close the case',
  form: 'close_case',
  step: 'follow_up',
  bucket: 'week',
  authorizationId: null,
  taskId: null,
}

/** Every question is answered: what is left is the dentist’s word. */
const UNCONFIRMED = { reason: 'The dentist has not confirmed the code', action: 'Ask the dentist' }
/** Nothing is sent with gaps where somebody could close them first. */
const COMPLETE = { action: 'Complete the documents', form: null, step: 'documentation' } as const

/** As Today would list it; null when nothing rings within the week, and the case cannot be closed either. */
export function nextOf(
  clocks: readonly Clock[],
  today: IsoDate,
  holidays: readonly IsoDate[],
  { status, hasQuestions }: { status: string; hasQuestions: boolean },
): NextStep | null {
  const ringing = clocks.flatMap((clock) => {
    const bucket = bucketOf(clock, today)
    if (bucket === null) return []
    const place = `${BUCKETS.indexOf(bucket)} ${deadlineOf(clock) ?? NEVER} ${clock.dueOn} ${clock.key}`
    return [{ clock, place, bucket }]
  })
  const [first] = ringing.sort((a, b) => (a.place < b.place ? -1 : 1))
  if (!first) return status === TO_CLOSE ? CLOSE : null
  const { clock, bucket } = first
  const { step, taskId } = clock
  const { reason, action } =
    clock.kind === 'undecided' && !hasQuestions ? UNCONFIRMED : describeClock(clock, today, holidays)
  const authorizationId = clock.authorizationId as AuthorizationId | null
  const form = formOf(action, step)
  if (status === MISSING && (form === 'send_request' || form === 'send_claim'))
    return { reason, ...COMPLETE, bucket, authorizationId, taskId }
  return { reason, action, form, step, bucket, authorizationId, taskId }
}
