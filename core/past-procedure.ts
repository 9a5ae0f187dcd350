// What the practice system says was done, or is planned, for a patient: beside the cases here, never one of them.
import * as z from 'zod'
import { IsoDate } from './dates.ts'
import { nameOfService, type Service } from './guide/frequency.ts'
import { PatientId } from './ids.ts'
import { Fee } from './money.ts'

const PAST_STATES = ['planned', 'done', 'elsewhere', 'gone'] as const
/** How each is called on screen. */
export const PAST_STATE_WORDS: Readonly<Record<(typeof PAST_STATES)[number], string>> = {
  planned: 'Planned',
  done: 'Done',
  elsewhere: 'Existing',
  gone: 'Deleted or referred out',
}
export const PastProcedure = z.strictObject({
  patientId: PatientId,
  /** By which the next list knows it: the system's own number, else what it says. */
  listKey: z.string(),
  code: z.string(),
  tooth: z.string().nullable(),
  /** Quadrant, arch or mouth. */
  area: z.string().nullable(),
  /** Surfaces, sextant or the teeth of a range, as written. */
  detail: z.string(),
  state: z.enum(PAST_STATES),
  /** Of the treatment, or of its plan; null: the list has none. */
  serviceDate: IsoDate.nullable(),
  feeCents: Fee.nullable(),
  provider: z.string(),
})
export type PastProcedure = z.infer<typeof PastProcedure>

/** What counts with the services of cases. */
export const PastPlaced = PastProcedure.pick({ code: true, tooth: true, area: true, state: true, serviceDate: true })
export type PastPlaced = z.infer<typeof PastPlaced>

type Placed = Pick<Service, 'code' | 'tooth' | 'area' | 'serviceDate'>

/**
 * The services that count with those of the cases here: done, with their day. What a case here holds is in it already.
 * @param lines of every case of the patient; one without a day is taken for one that was done since the case was opened
 */
export function pastServices(
  past: readonly PastPlaced[],
  lines: readonly Placed[],
  openedOn: IsoDate,
): (Service & { from: 'practice_system' })[] {
  return past.flatMap((one) => {
    const { code, tooth, area, state, serviceDate } = one
    if (serviceDate === null || (state !== 'done' && state !== 'elsewhere')) return []
    const isHere = lines.some(
      (line) =>
        line.code === code &&
        line.tooth === tooth &&
        (line.tooth !== null || line.area === area || line.area === null || area === null) &&
        (line.serviceDate === serviceDate || (line.serviceDate === null && serviceDate >= openedOn)),
    )
    if (isHere) return []
    return [{ code, tooth, area, quantity: 1, serviceDate, providerId: null, from: 'practice_system' as const }]
  })
}

/**
 * Findings over what was done before, each that rests on the practice system's history with the services it rests on.
 * @param judge what is found by some of the services
 */
export function withPastNamed<Finding extends { id: string; message: string }>(
  past: readonly Service[],
  judge: (past: readonly Service[]) => Finding[],
): Finding[] {
  const imported = past.filter(({ from }) => from)
  const found = judge(past)
  if (imported.length === 0) return found
  const own = judge(past.filter(({ from }) => !from)).map(({ id, message }) => `${id} ${message}`)
  return found.map((one) => {
    if (own.includes(`${one.id} ${one.message}`)) return one
    const named = imported.filter(({ code }) => one.message.includes(code))
    const services = (named.length > 0 ? named : imported).slice(-3).map(nameOfService)
    return { ...one, message: `${one.message.replace(/\.$/, '')}. Done before: ${services.join(', ')}.` }
  })
}
