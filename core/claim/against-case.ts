// A claim that is not sent yet against its case as it is now: what has changed since it was filled, each change named.
import { placed } from '../authorization/cover.ts'
import type { CaseContents, StoredClaim } from '../case/contents.ts'
import { formatDate } from '../dates.ts'
import { formatMoney } from '../money.ts'
import type { ClaimFinding } from './schema.ts'

/** What to do about each of them. */
export const DIFFERS = 'Fill the claim again, or say why it differs.'

/** What the case says otherwise than the claim: fees, places, days, units, lines, the dentist. */
export function changesOf(
  { lines, provider }: Pick<CaseContents, 'lines' | 'provider'>,
  claim: Pick<StoredClaim, 'form' | 'lines' | 'frequency'>,
): ClaimFinding[] {
  // What is taken back is what was sent, whatever the case says by now.
  if (claim.frequency === 'void') return []
  const found: ClaimFinding[] = []
  const say = (field: string, message: string) =>
    found.push({
      id: `changed:${found.length}`,
      severity: 'warn',
      field,
      message: `${message} ${DIFFERS}`,
      source: 'The case as it is now',
    })
  for (const [at, line] of claim.lines.entries()) {
    if (line.lineId === null) continue
    const name = placed(line)
    const now = lines.find((one) => one.id === line.lineId)
    if (!now) {
      say(`lines.${at}.code`, `${name} is no longer a service of the case.`)
      continue
    }
    if (placed(now) !== name) say(`lines.${at}.code`, `${name} on the claim is ${placed(now)} in the case.`)
    if (now.feeCents !== line.feeCents)
      say(
        `lines.${at}.feeCents`,
        `${name}: the fee is ${formatMoney(now.feeCents)} in the case, ${formatMoney(line.feeCents)} on the claim.`,
      )
    if (now.quantity !== line.quantity)
      say(`lines.${at}.quantity`, `${name}: ${now.quantity} in the case, ${line.quantity} on the claim.`)
    if (now.serviceDate !== line.serviceDate && claim.form.transaction !== 'predetermination')
      say(
        `lines.${at}.serviceDate`,
        now.serviceDate === null
          ? `${name} is not done by the case.`
          : `${name}: done ${formatDate(now.serviceDate)} by the case.`,
      )
  }
  const { treating } = claim.form
  if (provider?.npi && treating.npi && provider.npi !== treating.npi && !treating.locum)
    say('treating.npi', `The case is with Dr. ${provider.lastName}, the claim names Dr. ${treating.lastName}.`)
  return found
}
