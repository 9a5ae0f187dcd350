// Changes what a case is about: tooth, coverage, dentist, how far the treatment is; closes it or opens it again.
import { useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import type { OralArea } from '#core/teeth.ts'
import { explainError, fieldErrors, useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, ConfirmWithReason, Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { placeFor, PlaceFields } from './place-fields.tsx'
import { TreatAnyway } from './treat-anyway.tsx'

export const TREATMENTS = [
  { value: 'planned', label: 'Planned' },
  { value: 'in_progress', label: 'In progress' },
  { value: 'done', label: 'Done' },
] as const

export function EditCase({ caseView, onClose }: { caseView: CaseView; onClose: () => void }) {
  const providers = useRoute('provider.list', {})
  const guide = useRoute('guide.get', { id: caseView.guideId })
  const [changes, setChanges] = useState({
    tooth: caseView.tooth,
    area: caseView.area as OralArea | null,
    coverageId: caseView.coverageId,
    providerId: caseView.provider?.id ?? null,
    treatment: caseView.treatment,
  })
  const [closing, setClosing] = useState(false)
  const { id, version } = caseView
  const update = useCommand('case.update', {
    done: 'Case changed',
    onSuccess: onClose,
    expected: ['INVALID_INPUT', 'REFUSED'],
  })
  const save = (overrideReason = '') =>
    update.mutate({ id, version, changes: { ...changes, ...placeFor(guide.data?.guide, changes) }, overrideReason })
  const close = useCommand('case.close', { done: 'Case closed', onSuccess: onClose })
  const reopen = useCommand('case.reopen', { done: 'Case open again', onSuccess: onClose })
  const errors = fieldErrors(update.error)
  const set = (part: Partial<typeof changes>) => setChanges({ ...changes, ...part })
  return (
    <Dialog open onClose={onClose} title="Edit case">
      <Form onSubmit={() => save()} label="Edit case" busy={update.isPending}>
        <div className="cw-fields">
          <PlaceFields
            guide={guide.data?.guide}
            place={changes}
            onChange={set}
            error={errors['changes.tooth']}
            autoFocus
          />
          <SelectField
            label="Treatment"
            value={changes.treatment}
            onChange={(treatment) => set({ treatment })}
            options={TREATMENTS}
          />
          <SelectField
            label="Coverage"
            value={changes.coverageId ?? ''}
            onChange={(coverageId) => set({ coverageId: coverageId || null })}
            options={caseView.coverages.map((one) => ({ value: one.id, label: `${one.payerName} (${one.order})` }))}
            emptyLabel="None"
          />
          <SelectField
            label="Treating dentist"
            value={changes.providerId ?? ''}
            onChange={(providerId) => set({ providerId: providerId || null })}
            options={(providers.data?.providers ?? [])
              .filter((one) => one.active || one.id === changes.providerId)
              .map((one) => ({ value: one.id, label: `Dr. ${one.firstName} ${one.lastName}` }))}
            emptyLabel="None"
          />
        </div>
        {update.error && <Finding severity="warn">{explainError(update.error)}</Finding>}
        <Actions>
          {caseView.state === 'open' ? (
            <Button onClick={() => setClosing(true)}>Close case…</Button>
          ) : (
            <Button onClick={() => reopen.mutate({ id, version, reason: 'Opened again' })} loading={reopen.isPending}>
              Open again
            </Button>
          )}
          <Button type="submit" variant="filled" loading={update.isPending}>
            Save
          </Button>
        </Actions>
      </Form>
      <TreatAnyway command={update} onConfirm={save} />
      <ConfirmWithReason
        open={closing}
        onClose={() => setClosing(false)}
        title="Close this case?"
        confirmLabel="Close case"
        onConfirm={(reason) => close.mutate({ id, version, reason })}
        busy={close.isPending}
      >
        It stays in the file and can be opened again.
      </ConfirmWithReason>
    </Dialog>
  )
}
