// What a decision grants, by code and place, and how far services use it up, unit by unit.
import { archOf, findTooth, siteName } from '../teeth.ts'
import type { AuthorizationLine } from './schema.ts'

export interface Place {
  tooth: string | null
  area: string | null
}
/** A code at a place, so many times. */
export interface PlacedService extends Place {
  code: string
  quantity: number
}
export type DecidedLine = Pick<
  AuthorizationLine,
  'code' | 'tooth' | 'area' | 'quantity' | 'approvedCode' | 'approvedTooth' | 'approvedQuantity'
>

/** `D2740 #14`, `D4341 Upper right quadrant`, `D0210`. */
export const placed = ({ code, tooth, area }: Place & { code: string }): string =>
  [code, siteName(tooth, area)].filter(Boolean).join(' ')

/** What each line of a decision grants; a refused line grants nothing, at its place. */
export const grantsOf = (lines: readonly DecidedLine[]): PlacedService[] =>
  lines.map((line) => ({
    code: line.approvedCode ?? line.code,
    tooth: line.approvedTooth ?? line.tooth,
    area: line.area,
    quantity: line.approvedQuantity ?? line.quantity,
  }))

/** Whether what is granted for one place reaches another; a place that nobody named speaks against nothing. */
export function reaches(grant: Place, place: Place): boolean {
  if (grant.tooth !== null && place.tooth !== null) return grant.tooth === place.tooth
  const within = place.area ?? (place.tooth === null ? null : (findTooth(place.tooth)?.quadrant ?? null))
  if (grant.area === null || within === null || grant.area === '00' || grant.area === within) return true
  return ['01', '02'].includes(grant.area) && archOf(null, grant.area) === archOf(null, within)
}

/** How exactly a place is named: a tooth, an area, nothing. */
const exactness = ({ tooth, area }: Place) => (tooth !== null ? 2 : area !== null ? 1 : 0)
const exactFirst = (a: Place, b: Place) => exactness(b) - exactness(a)

/**
 * How many units of each service a decision covers, in the order of `billed`: no unit that is granted counts twice.
 * @param before what was claimed under the same decision already
 */
export function unitsCovered(
  lines: readonly DecidedLine[],
  before: readonly PlacedService[],
  billed: readonly PlacedService[],
): number[] {
  const left = grantsOf(lines).sort(exactFirst)
  const take = (service: PlacedService) => {
    let open = service.quantity
    for (const grant of left) {
      if (grant.code !== service.code || !reaches(grant, service)) continue
      const units = Math.min(open, grant.quantity)
      grant.quantity -= units
      open -= units
    }
    return service.quantity - open
  }
  for (const service of [...before].sort(exactFirst)) take(service)
  const covered = new Map([...billed].sort(exactFirst).map((service) => [service, take(service)]))
  return billed.map((service) => covered.get(service)!)
}
