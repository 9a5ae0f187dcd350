// Whose case it is, which tooth, which payer, and who has the next move.
import { useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import { ageText, formatDate, siteName } from '../../lib/format.ts'
import { useToday } from '../../lib/today.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, ConfirmWithReason, Dialog } from '../../ui/dialog.tsx'
import { SelectField, ToothField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

export function CaseHeader({ caseView }: { caseView: CaseView }) {
  const { patient, tooth, area, title } = caseView
  const site = siteName(tooth, area)
  return (
    <span>
      {patient.lastName}, {patient.firstName}
      {site && ` · ${site}`} · {title}
    </span>
  )
}

export function CaseLead({ caseView }: { caseView: CaseView }) {
  const [editing, setEditing] = useState(false)
  const today = useToday()
  const coverage = caseView.coverages.find((one) => one.id === caseView.coverageId)
  const urgent = caseView.steps.some((step) => step.state === 'attention')
  return (
    <div className="cw-row">
      <span className="cw-muted">
        b. {formatDate(caseView.patient.birthDate)} · {ageText(caseView.patient.birthDate, today)} ·{' '}
        {coverage ? `${coverage.payerName} (${coverage.order}) · ${coverage.planName}` : 'No coverage chosen'}
        {caseView.provider ? ` · ${caseView.provider.name}` : ''}
      </span>
      <StatusTag tone={caseView.state === 'closed' ? 'plain' : urgent ? 'warn' : 'info'}>{caseView.status}</StatusTag>
      <Button variant="subtle" shortcut="alt+e" onClick={() => setEditing(true)}>
        Edit case
      </Button>
      <EditCase caseView={caseView} open={editing} onClose={() => setEditing(false)} />
    </div>
  )
}

function EditCase({ caseView, open, onClose }: { caseView: CaseView; open: boolean; onClose: () => void }) {
  const providers = useRoute('provider.list', {}, { enabled: open })
  const [changes, setChanges] = useState({
    tooth: caseView.tooth,
    coverageId: caseView.coverageId as string,
    providerId: (caseView.provider?.id ?? '') as string,
  })
  const [closing, setClosing] = useState(false)
  const update = useCommand('case.update', { done: 'Case changed', onSuccess: onClose })
  const close = useCommand('case.close', { done: 'Case closed', onSuccess: () => setClosing(false) })
  const reopen = useCommand('case.reopen', { done: 'Case open again' })
  const save = () =>
    update.mutate({
      id: caseView.id,
      version: caseView.version,
      changes: {
        tooth: changes.tooth,
        coverageId: changes.coverageId || null,
        providerId: changes.providerId || null,
      },
    })
  return (
    <Dialog open={open} onClose={onClose} title="Edit case">
      <Form onSubmit={save} label="Edit case" busy={update.isPending}>
        <div className="cw-fields">
          <ToothField
            label="Tooth"
            value={changes.tooth}
            onChange={(tooth) => setChanges({ ...changes, tooth })}
            autoFocus
          />
          <SelectField
            label="Coverage"
            value={changes.coverageId ?? ''}
            onChange={(coverageId) => setChanges({ ...changes, coverageId })}
            options={[
              { value: '', label: 'None' },
              ...caseView.coverages.map((one) => ({
                value: one.id as string,
                label: `${one.payerName} (${one.order})`,
              })),
            ]}
          />
          <SelectField
            label="Treating dentist"
            value={changes.providerId}
            onChange={(providerId) => setChanges({ ...changes, providerId })}
            options={[
              { value: '', label: 'None' },
              ...(providers.data?.providers ?? []).map((one) => ({
                value: one.id as string,
                label: `Dr. ${one.firstName} ${one.lastName}`,
              })),
            ]}
          />
        </div>
        <Actions>
          {caseView.state === 'open' ? (
            <Button onClick={() => setClosing(true)}>Close case</Button>
          ) : (
            <Button
              onClick={() => reopen.mutate({ id: caseView.id, version: caseView.version, reason: 'Opened again' })}
            >
              Open again
            </Button>
          )}
          <Button type="submit" variant="filled" loading={update.isPending}>
            Save
          </Button>
        </Actions>
      </Form>
      <ConfirmWithReason
        open={closing}
        onClose={() => setClosing(false)}
        title="Close this case?"
        confirmLabel="Close case"
        onConfirm={(reason) => close.mutate({ id: caseView.id, version: caseView.version, reason })}
        busy={close.isPending}
      >
        It stays in the file and can be opened again.
      </ConfirmWithReason>
    </Dialog>
  )
}
