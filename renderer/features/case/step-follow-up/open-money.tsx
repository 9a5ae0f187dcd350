// What the EOBs left open, and what the office decided about it.
import { useState } from 'react'
import { SETTLE } from '#core/case/actions.ts'
import { SETTLEMENT_WORDS } from '#core/case/settlement.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { ActionDialog } from '../../../lib/actions/action-dialog.tsx'
import { formatDate, formatMoney, oneLine } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button, RowButton } from '../../../ui/button.tsx'
import { ConfirmWithReason } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/page.tsx'

type Settlement = OutputOf<'settlement.forCase'>['settlements'][number]

/** `Nov 30, 2026: D2740 #14 $80.00 written off` */
const wordsOf = ({ on, name, cents, way }: Settlement) =>
  `${formatDate(on)}: ${name} ${formatMoney(cents)} ${SETTLEMENT_WORDS[way]}`

export function OpenMoney({ caseView: { id: caseId } }: { caseView: CaseView }) {
  const canWork = useCan('work')
  const [settling, setSettling] = useState(false)
  const [removing, setRemoving] = useState<Settlement | null>(null)
  const takeBack = useCommand('settlement.takeBack', { done: 'Removed', onSuccess: () => setRemoving(null) })
  const { open = [], settlements = [] } = useRoute('settlement.forCase', { caseId }).data ?? {}
  if (open.length === 0 && settlements.length === 0) return null
  const todo = { form: 'settle_open', caseId, authorizationId: null, taskId: null, action: SETTLE, reason: '' } as const
  return (
    <Section
      title="What is open"
      note={open.length > 0 && 'Not paid, not written off, not billed to the patient'}
      actions={
        canWork &&
        open.length > 0 && (
          <Button shortcut="alt+m" onClick={() => setSettling(true)}>
            {SETTLE}
          </Button>
        )
      }
    >
      <ul className="cw-plain-list" aria-label="What is open">
        {open.map(({ service, name, openCents, reasons }) => (
          <li key={service}>{oneLine([`${name}: ${formatMoney(openCents)} open`, reasons.join(', ')])}</li>
        ))}
        {settlements.map((one) => (
          <li key={one.id} className="cw-row">
            <span>{oneLine([wordsOf(one), one.reason, one.recordedBy])}</span>
            {canWork && <RowButton verb="Remove" of={wordsOf(one)} onClick={() => setRemoving(one)} />}
          </li>
        ))}
      </ul>
      {settling && <ActionDialog todo={todo} onClose={() => setSettling(false)} />}
      <ConfirmWithReason
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={removing ? `Remove: ${wordsOf(removing)}` : ''}
        confirmLabel="Remove"
        onConfirm={(reason) => removing && takeBack.mutate({ ids: [removing.id], reason })}
        busy={takeBack.isPending}
      >
        The amount is open again, and so are the tasks that it ended. It stays in the trail.
      </ConfirmWithReason>
    </Section>
  )
}
