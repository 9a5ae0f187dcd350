// Changes what a case is about: tooth, coverage, dentist, how far the treatment is; closes it or opens it again.
import { useState } from 'react'
import type { CaseView } from '#core/contract/case.ts'
import type { OralArea } from '#core/teeth.ts'
import { dentistName } from '../../lib/format.ts'
import { explainError, useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmWithReason } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { placeFor, PlaceFields } from './place-fields.tsx'
import { TreatAnyway } from './treat-anyway.tsx'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'

export const TREATMENTS: Record<CaseView['treatment'], string> = {
  planned: 'Planned',
  in_progress: 'In progress',
  done: 'Done',
}

export function EditCase({ caseView, onClose }: { caseView: CaseView; onClose: () => void }) {
  const { id, version, tooth, area, coverageId, treatment } = caseView
  const providers = useRoute('provider.list', {})
  const { data } = useRoute('guide.get', { id: caseView.guideId })
  const [ending, setEnding] = useState<'close' | 'void' | null>(null)
  const { field, ...form } = useCommandForm('case.update', {
    scope: null,
    start: {
      tooth,
      area: area as OralArea | null,
      coverageId: coverageId ?? ('' as const),
      providerId: caseView.provider?.id ?? ('' as const),
      treatment,
    },
    at: 'changes',
    done: 'Case changed',
    onSuccess: onClose,
  })
  const { values } = form
  const save = (overrideReason = '') => {
    const chosen = { coverageId: values.coverageId || null, providerId: values.providerId || null }
    const changes = { ...values, ...chosen, ...placeFor(data?.guide, values) }
    form.send({ id, version, changes, overrideReason })
  }
  const close = useCommand('case.close', { done: 'Case closed', onSuccess: onClose })
  const restore = useCommand('case.restore')
  const remove = useCommand('case.void', {
    expected: ['REFUSED'],
    done: 'Case voided',
    undo: () => restore.mutate({ id, version: version + 1 }),
    onSuccess: onClose,
  })
  const reopen = useCommand('case.reopen', { done: 'Case open again', onSuccess: onClose })
  return (
    <FormDialog
      form={form}
      title="Edit case"
      onClose={onClose}
      onSave={() => save()}
      actions={
        caseView.state === 'open' ? (
          <>
            <Button variant="subtle" onClick={() => setEnding('void')}>
              Void…
            </Button>
            <Button onClick={() => setEnding('close')}>Close case…</Button>
          </>
        ) : (
          <Button onClick={() => reopen.mutate({ id, version, reason: 'Opened again' })} loading={reopen.isPending}>
            Open again
          </Button>
        )
      }
    >
      <div className="cw-fields">
        <PlaceFields guide={data?.guide} place={values} onChange={form.set} error={form.errorAt('tooth')} autoFocus />
        <SelectField label="Treatment" {...field('treatment')} options={TREATMENTS} />
        <SelectField
          label="Coverage"
          {...field('coverageId')}
          options={caseView.coverages.map((one) => ({ value: one.id, label: `${one.payerName} (${one.order})` }))}
          emptyLabel="None"
        />
        <SelectField
          label="Treating dentist"
          {...field('providerId')}
          options={(providers.data?.providers ?? [])
            .filter((one) => one.active || one.id === values.providerId)
            .map((one) => ({ value: one.id, label: dentistName(one) }))}
          emptyLabel="None"
        />
      </div>
      <TreatAnyway command={form.command} onConfirm={save} />
      <ConfirmWithReason
        open={ending === 'close'}
        onClose={() => setEnding(null)}
        title="Close this case?"
        confirmLabel="Close case"
        onConfirm={(reason) => close.mutate({ id, version, reason })}
        busy={close.isPending}
      >
        It stays in the file and can be opened again.
      </ConfirmWithReason>
      <ConfirmWithReason
        open={ending === 'void'}
        onClose={() => setEnding(null)}
        title="Void this case?"
        confirmLabel="Void case"
        onConfirm={(reason) => remove.mutate({ id, version, reason })}
        busy={remove.isPending}
      >
        For a case opened by mistake. It leaves every list; the audit trail keeps it.{' '}
        {remove.error && <strong role="alert">{explainError(remove.error)}</strong>}
      </ConfirmWithReason>
    </FormDialog>
  )
}
