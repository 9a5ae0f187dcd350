// The payer’s answer to a request of ours as a remittance file brings it.
import { requestNumber } from '../case/claim-file-parts.ts'
import { sumCents } from '../money.ts'
import { pairLines } from '../remittance/from-era.ts'
import type { EraClaim } from '../x12/era-schema.ts'
import type { Authorization, AuthorizationLineInput } from './schema.ts'

type Answer = { event: 'deny' | 'approve_modified' | 'approve'; lines: AuthorizationLineInput[] } | { reason: string }

/** OA-101 holds what the payer expects to pay; some payers put it where a payment stands (x12.md 2). */
function expectedOf(of: Pick<EraClaim, 'adjustments' | 'paidCents'>): number {
  const estimated = of.adjustments.filter((one) => one.group === 'OA' && one.carc === '101')
  if (estimated.length > 0) return sumCents(estimated.map((one) => one.cents ?? 0))
  return of.paidCents ?? 0
}

/** The lines of an answer; without any it speaks of the whole request, exact where that has one line. */
function answersOf({ lines, ...era }: EraClaim, request: { lines: readonly { code: string }[] }) {
  const [only] = request.lines
  const rest = { submittedCode: null, units: null, allowedCents: null, serviceDate: null, lineId: '' }
  const whole = { ...era, ...rest, code: only?.code ?? '' }
  if (lines.length === 0) return request.lines.length === 1 ? [whole] : []
  // On a single line the claim’s own adjustments can only be that line’s.
  const more = lines.length === 1 ? era.adjustments : []
  return lines.map((line) => ({ ...line, adjustments: [...line.adjustments, ...more] }))
}

/** The decision on a request with its lines as approved, or why a person has to enter it. */
export function answerFromEra(era: EraClaim, request: Pick<Authorization, 'id' | 'lines'>): Answer {
  if (era.differenceCents === null)
    return { reason: 'An amount in the file cannot be read: record this answer by hand.' }
  const answers = answersOf(era, request)
  const { ours, doubt } = pairLines({ number: requestNumber(request.id), lines: request.lines }, answers)
  if (doubt !== null) return { reason: `${doubt} Record this answer by hand.` }
  if (ours.some((line, at) => line !== null && ours.indexOf(line) < at))
    return { reason: 'It answers one line in parts: record this answer by hand.' }
  const lines = request.lines.map((line): AuthorizationLineInput => {
    const answer = answers[ours.indexOf(line)]
    if (!answer) return line
    const approved = expectedOf(answer)
    return {
      ...line,
      approvedCode: approved > 0 ? answer.code : null,
      approvedTooth: approved > 0 ? line.tooth : null,
      approvedQuantity: approved > 0 ? (answer.units ?? line.quantity) : 0,
      approvedCents: approved,
      patientCents: sumCents(answer.adjustments.filter((one) => one.group === 'PR').map((one) => one.cents ?? 0)),
    }
  })
  if (ours.every((line) => line === null))
    return { reason: 'No line of it is one of the request: record this answer by hand.' }
  const isModified = lines.some(
    ({ approvedCode, approvedQuantity, code, quantity }) =>
      approvedCode === null || approvedCode !== code || approvedQuantity !== quantity,
  )
  const isDenied = lines.every((line) => (line.approvedCents ?? 0) === 0)
  return { event: isDenied ? 'deny' : isModified ? 'approve_modified' : 'approve', lines }
}
