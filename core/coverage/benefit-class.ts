// What a plan pays of a service by its benefit class, as far as the plan's terms on file name one.
import type { Plan } from '../patient.ts'

/** CDT's category of endodontics, D3000 to D3999 (ADA, CDT 2026). */
const isEndodontic = (code: string) => /^D3\d{3}$/.test(code)

/** The plan's percentage for this code; null = not known. Plans hold no other class than endodontics yet. */
export function percentFor(plan: Pick<Plan, 'endoPercent'>, code: string): number | null {
  return isEndodontic(code) ? plan.endoPercent : null
}
