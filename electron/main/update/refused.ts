// An update that is not taken, and why.
import { UPDATE_REFUSALS, type UpdateRefusal } from '#core/update/refusals.ts'

export class Refused extends Error {
  readonly reason: UpdateRefusal
  constructor(reason: UpdateRefusal) {
    super(UPDATE_REFUSALS[reason])
    this.reason = reason
  }
}
