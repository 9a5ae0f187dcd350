// Whose case it is, which tooth, which payer, what it is worth, and who has the next move.
import { useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import { ageText, formatDate, formatMoney, personName, siteName, oneLine } from '../../lib/format.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/today.ts'
import { Button } from '../../ui/button.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { EditCase } from './edit-case.tsx'

interface HeaderProps {
  caseView: CaseView
}

/** `Doe, Sam · #8 · Apexification (D3353)`. */
export function CaseTitle({ caseView }: HeaderProps) {
  const { patient, tooth, area, title } = caseView
  return oneLine([personName(patient), siteName(tooth, area), title])
}

export function CaseLead({ caseView }: HeaderProps) {
  const today = useToday()
  const { patient, provider } = caseView
  const coverage = caseView.coverages.find((one) => one.id === caseView.coverageId)
  return oneLine([
    `b. ${formatDate(patient.birthDate)} · ${ageText(patient.birthDate, today)}`,
    coverage &&
      `${coverage.payerName}${coverage.order === 'primary' ? '' : ` (${coverage.order})`} · ${coverage.planName}`,
    !coverage && 'No coverage chosen',
    provider?.name,
  ])
}

export function CaseStatus({ caseView }: HeaderProps) {
  const [editing, setEditing] = useState(false)
  const canWork = useCan('work')
  const urgent = caseView.steps.some((step) => step.state === 'attention')
  const closed = caseView.state === 'closed'
  return (
    <>
      <StatusTag tone={closed ? 'plain' : urgent ? 'warn' : 'info'}>{caseView.status}</StatusTag>
      {caseView.money.feeCents > 0 && (
        <span className="cw-muted">
          {formatMoney(caseView.money.openCents)} open of {formatMoney(caseView.money.feeCents)}
        </span>
      )}
      {canWork && (
        <Button variant="subtle" shortcut="alt+e" onClick={() => setEditing(true)}>
          Edit
        </Button>
      )}
      {editing && <EditCase caseView={caseView} onClose={() => setEditing(false)} />}
    </>
  )
}
