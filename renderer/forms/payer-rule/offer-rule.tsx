// What a payer said in a case is offered as its rule: with the code, and the call's date and reference as its source.
import { useState } from 'react'
import type { CoverageId } from '#core/ids.ts'
import type { Coverage } from '#core/patient.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import type { RuleDraft } from './rule-draft.ts'

interface OfferRuleProps {
  /** What was said, as the beginning of a rule; null: it makes none. */
  start: Partial<RuleDraft> | null
  coverageId: CoverageId | null
  coverages: readonly Coverage[]
  /** Only one offer of a page has the key. */
  shortcut?: string
}
/** Nothing where the answer makes no rule, or is one already. */
export function OfferRule({ start, coverageId, coverages, ...rest }: OfferRuleProps) {
  const canWork = useCan('work')
  const held = coverages.find(({ id }) => id === coverageId)
  return canWork && held && start && <Offer held={held} start={start} {...rest} />
}

interface OfferProps extends Pick<OfferRuleProps, 'shortcut'> {
  held: Coverage
  start: Partial<RuleDraft>
}
function Offer({ held, start, shortcut }: OfferProps) {
  const { payerId, payerName } = held
  const [open, setOpen] = useState(false)
  const own = useRoute('payerRule.list', { payerId }).data?.own
  const isKept = own?.some(
    ({ body }) => body.term.topic === start.topic && body.docDate === start.docDate && body.source === start.source,
  )
  if (!own || isKept) return null
  return (
    <>
      <Button variant="subtle" {...(shortcut && { shortcut })} onClick={() => setOpen(true)}>
        Make it a rule<span className="cw-hidden"> of {payerName}</span>
      </Button>
      {open && (
        <RuleDialog payerId={payerId} payerName={payerName} rule={null} start={start} onClose={() => setOpen(false)} />
      )}
    </>
  )
}
