// A patient who was voided or merged, and who was merged into this one: said on top, with the way back.
import { Link } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import type { Patient } from '#core/patient.ts'
import { personName } from '../../lib/format.ts'
import { explainError, useCommand } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmWithReason } from '../../ui/dialog.tsx'
import { Finding } from '../../ui/finding.tsx'

export function Standing({ data }: { data: OutputOf<'patient.get'> }) {
  const { patient, standing, voidReason, mergedInto, merged } = data
  const canWork = useCan('work')
  const restore = useCommand('patient.restore', { done: 'Patient restored' })
  const unmerge = useCommand('patient.unmerge', { done: 'Merge undone' })
  const undo = ({ id, version }: Patient) =>
    canWork && (
      <Button onClick={() => unmerge.mutate({ id, version })} loading={unmerge.isPending}>
        Undo merge
      </Button>
    )
  return (
    <>
      {standing === 'voided' && (
        <Finding
          severity="warn"
          action={
            canWork && (
              <Button
                onClick={() => restore.mutate({ id: patient.id, version: patient.version })}
                loading={restore.isPending}
              >
                Restore
              </Button>
            )
          }
        >
          Voided: {voidReason}
        </Finding>
      )}
      {mergedInto && (
        <Finding severity="warn" action={undo(patient)}>
          Merged into{' '}
          <Link href={paths.patient(mergedInto.id)} className="cw-link">
            {personName(mergedInto)}
          </Link>
          .
        </Finding>
      )}
      {merged.map((one) => (
        <Finding key={one.id} severity="info" action={undo(one)}>
          Holds what was entered as{' '}
          <Link href={paths.patient(one.id)} className="cw-link">
            {personName(one)}
          </Link>
          .
        </Finding>
      ))}
    </>
  )
}

export function VoidPatient({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { id, version } = patient
  const restore = useCommand('patient.restore')
  const remove = useCommand('patient.void', {
    expected: ['REFUSED'],
    done: 'Patient voided',
    undo: () => restore.mutate({ id, version: version + 1 }),
    onSuccess: onClose,
  })
  return (
    <ConfirmWithReason
      open
      onClose={onClose}
      title={`Void ${personName(patient)}?`}
      confirmLabel="Void"
      onConfirm={(reason) => remove.mutate({ id, version, reason })}
      busy={remove.isPending}
    >
      For a patient entered by mistake. The patient and their cases leave every list; the audit trail keeps them.{' '}
      {remove.error && <strong role="alert">{explainError(remove.error)}</strong>}
    </ConfirmWithReason>
  )
}
