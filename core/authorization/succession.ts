// Which request stands in the place of an earlier one, which then falls silent.
import { type CaseContents, payerOf } from '../case/contents.ts'
import type { AuthorizationId } from '../ids.ts'
import { grantsOf, reaches } from './cover.ts'
import { isApproved } from './lifecycle.ts'
import type { Authorization } from './schema.ts'

type Request = Pick<Authorization, 'id' | 'kind' | 'state' | 'validFrom' | 'decidedOn' | 'lines'>

/** The day by which the newer of two approvals is told. */
const beginning = ({ validFrom, decidedOn }: Request) => validFrom ?? decidedOn ?? ''

/** A later approval that grants all of an earlier one; an estimate never stands for a required authorization. */
function renews(one: Request, later: Request): boolean {
  if (!isApproved(later.state) && later.state !== 'used') return false
  if (one.kind === 'required' && later.kind === 'estimate') return false
  const granted = grantsOf(later.lines).filter((grant) => grant.quantity > 0)
  return grantsOf(one.lines).every(
    (grant) => grant.quantity === 0 || granted.some((other) => other.code === grant.code && reaches(other, grant)),
  )
}

/**
 * Those that another request to the same payer has taken the place of: a denial and an expiry by any later request, an
 * approval by one that grants all of it and begins later.
 * @param requests to one payer, in the order in which they were begun
 */
function supersededOf(requests: readonly Request[]): Set<AuthorizationId> {
  const gone = requests.filter((one, at) => {
    const later = requests.slice(at + 1).filter(({ state }) => state !== 'withdrawn')
    if (!isApproved(one.state)) return later.length > 0
    return requests.some(
      (other, place) =>
        other !== one &&
        renews(one, other) &&
        (beginning(other) > beginning(one) || (beginning(other) === beginning(one) && place > at)),
    )
  })
  return new Set(gone.map((one) => one.id))
}

/** The requests of a case whose place another one to the same payer has taken. */
export function supersededIn(contents: Pick<CaseContents, 'authorizations' | 'coverages'>): Set<AuthorizationId> {
  const begun = [...contents.authorizations].reverse()
  const payers = new Map(begun.map((one) => [one, payerOf(contents, one.coverageId)?.id ?? null]))
  const groups = [...new Set(payers.values())].map((payer) => begun.filter((one) => payers.get(one) === payer))
  return new Set(groups.flatMap((group) => [...supersededOf(group)]))
}
