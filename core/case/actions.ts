// Next steps that are done where they are read, each in one small form; every other one is done on the page of its step.
import * as z from 'zod'
import type { Step } from './schema.ts'

export const ActionForm = z.enum([
  'ask_payer',
  'send_request',
  'send_claim',
  'call_payer',
  'call_patient',
  'book_visit',
  'ask_extension',
  'bill_patient',
  'do_task',
  'settle_open',
  'close_case',
])
export type ActionForm = z.infer<typeof ActionForm>

/** What is said of money that only a person can settle. */
export const SETTLE = 'Write off or bill'

/** By the words of `describeClock`; where the same words are about two things, under the step before them. */
const FORMS: Readonly<Record<string, ActionForm>> = {
  'Ask the payer': 'ask_payer',
  'Send the request': 'send_request',
  'authorization: Send the information': 'send_request',
  'Send the claim': 'send_claim',
  'Correct and send again': 'send_claim',
  'Call the payer': 'call_payer',
  'Ask for its first decision': 'call_payer',
  'Ask the payer why': 'call_payer',
  'Call the patient': 'call_patient',
  'Book the visit': 'book_visit',
  'Ask for an extension': 'ask_extension',
  'Bill the patient': 'bill_patient',
  'Open the task': 'do_task',
  [SETTLE]: 'settle_open',
  'Close the case': 'close_case',
}

/** The form that does an action of a step; null where its page is opened. */
export const formOf = (action: string, step: Step): ActionForm | null =>
  FORMS[action] ?? FORMS[`${step}: ${action}`] ?? null
