// One patient: data, coverages in their order of payment, cases.
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { type Coverage, PLAN_ORDERS } from '#core/patient.ts'
import { formatPhone } from '#core/phone.ts'
import { ageText, formatDate, personName, planText, siteName, oneLine } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { CoverageForm } from '../../forms/coverage-form.tsx'
import { paths } from '../../paths.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { ConfirmWithReason } from '../../ui/dialog.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { EditPatient } from './edit-patient.tsx'
import { History } from './history.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { PlanOrder } from './plan-order.tsx'
import { Standing, VoidPatient } from './standing.tsx'

type Data = OutputOf<'patient.get'>
const ORDER = { primary: 'pays first', secondary: 'pays second', tertiary: 'pays third', fourth: 'pays fourth' }

const throughWhom = ({ relation, subscriber }: Coverage) => {
  if (relation === 'self') return 'own plan'
  return subscriber.lastName === '' ? 'subscriber not on file: Edit adds it' : `through ${personName(subscriber)}`
}

export default function PatientScreen() {
  const { id } = useParams<{ id: string }>()
  const query = useRoute('patient.get', { id: id })
  return <Answer query={query}>{(data) => <Loaded key={`${id} ${data.patient.version}`} data={data} />}</Answer>
}

function Loaded({ data }: { data: Data }) {
  const [, go] = useLocation()
  const today = useToday()
  const canWork = useCan('work')
  const [editing, setEditing] = useState(false)
  const { patient, coverages, cases, standing } = data
  const [doing, setDoing] = useState<'merge' | 'void' | null>(null)
  const isActive = standing === 'active'
  return (
    <Page
      title={personName(patient)}
      lead={`b. ${formatDate(patient.birthDate)} · ${ageText(patient.birthDate, today)}`}
      actions={
        canWork &&
        isActive && (
          <>
            <Button variant="subtle" onClick={() => setDoing('void')}>
              Void…
            </Button>
            <Button variant="subtle" onClick={() => setDoing('merge')}>
              Merge…
            </Button>
            <Button shortcut="e" onClick={() => setEditing(true)}>
              Edit
            </Button>
            <Button variant="filled" onClick={() => go(paths.newCaseFor(patient.id))}>
              New case
            </Button>
          </>
        )
      }
    >
      <Standing data={data} />
      <PatientData patient={patient} />
      <Coverages patient={patient} coverages={coverages} />
      <Section title="Cases">
        {cases.length === 0 && <EmptyState title="No case yet" />}
        <ul className="cw-stack">
          {cases.map((one) => (
            <li key={one.id}>
              <Link href={paths.case(one.id)} className="cw-link">
                {oneLine([siteName(one.tooth, one.area), one.code ?? one.title])}
              </Link>{' '}
              <span className="cw-muted">{one.status}</span>
            </li>
          ))}
        </ul>
      </Section>
      <History patientId={patient.id} />
      {editing && <EditPatient patient={patient} onClose={() => setEditing(false)} />}
      {doing === 'merge' && <MergeDialog patient={patient} onClose={() => setDoing(null)} />}
      {doing === 'void' && <VoidPatient patient={patient} onClose={() => setDoing(null)} />}
    </Page>
  )
}

function PatientData({ patient }: Pick<Data, 'patient'>) {
  const address = oneLine(
    [patient.address.street, patient.address.city, `${patient.address.state} ${patient.address.zip}`.trim()],
    ', ',
  )
  return (
    <Section title="Data">
      <dl className="cw-facts" data-close>
        <dt>Address</dt>
        <dd>{address || '–'}</dd>
        <dt>Phone</dt>
        <dd>{formatPhone(patient.phone) || '–'}</dd>
        <dt>Mobile</dt>
        <dd>{formatPhone(patient.mobile) || '–'}</dd>
        <dt>Email</dt>
        <dd>{patient.email || '–'}</dd>
        <dt>Guarantor</dt>
        <dd>{patient.guarantor || '–'}</dd>
        <dt>Number in the practice system</dt>
        <dd>{patient.externalId || '–'}</dd>
      </dl>
    </Section>
  )
}

/** The plans in their order of payment, and what can be done with them. */
function Coverages({ patient, coverages }: Pick<Data, 'patient' | 'coverages'>) {
  const canWork = useCan('work')
  const [ordering, setOrdering] = useState(false)
  const [covering, setCovering] = useState<Coverage | 'new' | null>(null)
  const [removing, setRemoving] = useState<Coverage | null>(null)
  const remove = useCommand('coverage.remove', { done: 'Coverage removed', onSuccess: () => setRemoving(null) })
  return (
    <Section
      title="Coverage"
      actions={
        canWork && (
          <>
            {coverages.length > 1 && (
              <Button shortcut="w" onClick={() => setOrdering(true)}>
                Which plan is primary?
              </Button>
            )}
            {coverages.length < 3 && (
              <Button shortcut="v" onClick={() => setCovering('new')}>
                Add coverage
              </Button>
            )}
          </>
        )
      }
    >
      {coverages.length === 0 && (
        <EmptyState title="No coverage on file">Add it here, or with the next case.</EmptyState>
      )}
      <ul className="cw-stack">
        {coverages.map((one) => (
          <li key={one.id} className="cw-row">
            <strong>{one.payerName}</strong>
            <span>
              {planText(one.planName, one.groupNumber)} · member {one.memberId}
            </span>
            <span className="cw-muted">
              {ORDER[one.order]} · {throughWhom(one)}
            </span>
            {canWork && (
              <span className="cw-row cw-row-end">
                <RowButton verb="Edit" of={one.payerName} onClick={() => setCovering(one)} />
                <RowButton verb="Remove" of={one.payerName} onClick={() => setRemoving(one)} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {covering && (
        <CoverageForm
          key={covering === 'new' ? 'new' : covering.id}
          patient={patient}
          order={PLAN_ORDERS[coverages.length] ?? 'fourth'}
          {...(covering !== 'new' && { coverage: covering })}
          onClose={() => setCovering(null)}
          onSaved={() => setCovering(null)}
        />
      )}
      {ordering && <PlanOrder patient={patient} coverages={coverages} onClose={() => setOrdering(false)} />}
      <ConfirmWithReason
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Remove ${removing?.payerName ?? ''}?`}
        confirmLabel="Remove"
        onConfirm={(reason) => removing && remove.mutate({ id: removing.id, version: removing.version, reason })}
        busy={remove.isPending}
      >
        Existing claims keep it.
      </ConfirmWithReason>
    </Section>
  )
}
