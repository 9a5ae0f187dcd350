// Values of a dental claim that contradict each other, beyond what its segments can show.
import { type Cents, sumCents } from '../money.ts'
import type { X12Claim } from './claim-file.ts'

type Tell = (message: string) => void

const sumOf = (amounts: readonly { cents: Cents }[]) => sumCents(amounts.map(({ cents }) => cents))

/** What the segments cannot say by themselves. */
export function checkClaim(claim: X12Claim, problem: Tell): void {
  const total = claim.lines.reduce((sum, line) => sum + line.chargeCents, 0)
  if (total !== claim.totalCents) problem('CLM02 is not the sum of the lines.')
  if (claim.number === '' || claim.number.length > 20) problem('CLM01 must have 1 to 20 characters.')
  if (claim.totalCents <= 0) problem('The claim charges nothing.')
  if (claim.frequency !== '1' && claim.payerClaimNumber === '')
    problem('A replacement or void needs the payer’s claim number (REF F8).')
  const dates = [claim.serviceDate, ...claim.lines.map((line) => line.serviceDate)].filter((date) => date !== null)
  if (claim.isPredetermination && dates.length > 0) problem('A predetermination carries no service date.')
  if (!claim.isPredetermination && claim.serviceDate === null && claim.lines.some((line) => line.serviceDate === null))
    problem('A line has no service date.')
  if (claim.predeterminationNumber !== '' && claim.isPredetermination)
    problem('A predetermination quotes no predetermination number.')
  if (claim.accident?.cause === 'AA' && claim.accident.state === '') problem('An auto accident needs the state.')
  if (claim.subscriber.memberId === '') problem('The member ID is missing.')
  if (claim.payer.id === '') problem('The electronic payer ID is missing.')
  if (claim.patient === null && claim.subscriber.birthDate === null)
    problem('The birth date of the patient is missing.')
  if (claim.patient === null && (!claim.subscriber.address || claim.subscriber.address.street === ''))
    problem('The address of the patient is missing.')
  for (const line of claim.lines) {
    if (!/^D\d{4}$/.test(line.code)) problem('A line has no procedure code such as D3353.')
    if (line.pointers.some((pointer) => pointer > claim.diagnoses.length))
      problem('A line points to a diagnosis that is not listed.')
    if (line.placement === 'R' && line.priorPlacementOn === null)
      problem('A replacement needs the date of the prior placement (DTP 441).')
    for (const decision of line.decisions)
      if (decision.paidCents + sumOf(decision.adjustments) !== line.chargeCents)
        problem('The decision of another payer does not add up to the charge of the line.')
  }
  checkOthers(claim, problem)
  const ids = claim.lines.map((line) => line.id).filter(Boolean)
  if (new Set(ids).size !== claim.lines.length) problem('A line has no id of its own (REF 6R).')
}

/** What each other payer says: the claim's charge = paid + taken off at the claim and at the lines. */
function checkOthers({ sequence, others, lines, totalCents }: X12Claim, problem: Tell): void {
  const sequences = [sequence, ...others.map((other) => other.sequence)]
  if (new Set(sequences).size < sequences.length) problem('Two payers have the same place in the order (SBR01).')
  const decisions = lines.flatMap((line) => line.decisions)
  const listed = new Set(others.map((other) => other.payer.id))
  if (decisions.some((one) => !listed.has(one.payerId)))
    problem('A decision (SVD) names a payer that the claim does not list.')
  // Two plans of one payer have one id: only together do their sums say something.
  for (const id of listed) {
    const paid = others.flatMap((other) => (other.payer.id === id && other.paid ? other.paid : []))
    const own = decisions.filter((one) => one.payerId === id)
    if (own.length > 0 && paid.length === 0) problem('What the other payer paid for the claim (AMT D) is missing.')
    if (paid.length === 0) continue
    const dated = paid.filter((one) => one.on !== null).length
    if (own.length === 0 && dated < paid.length)
      problem('The day on which the other payer decided is missing (2330B DTP 573, or 2430 at the lines).')
    if (own.length > 0 && dated === paid.length)
      problem('The day on which the other payer decided is given twice (2330B and 2430 DTP 573).')
    const takenCents = sumOf([...paid, ...own].flatMap((one) => one.adjustments))
    if (sumOf(paid) + takenCents !== totalCents * paid.length)
      problem('What another payer paid (AMT D) and took off (CAS) does not add up to the charge.')
  }
}
