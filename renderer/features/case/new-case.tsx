// A new case in under half a minute: who, what, which tooth, which plan. Everything can be added without leaving.
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import type { CaseView } from '#core/contract/case.ts'
import type { CoverageId, PatientId, ProviderId } from '#core/ids.ts'
import { PLAN_ORDERS } from '#core/patient.ts'
import type { OralArea } from '#core/teeth.ts'
import { useDraft } from '../../lib/drafts.ts'
import { ageText, formatDate, personName } from '../../lib/format.ts'
import { showToast } from '../../lib/notify.tsx'
import { explainError, fieldErrors, useCommand, useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { Odontogram } from '../../ui/odontogram.tsx'
import { Page } from '../../ui/page.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { CoverageForm } from '../../forms/coverage-form.tsx'
import { AddPatient } from './add-patient.tsx'
import classes from './case.module.css'
import { TREATMENTS } from './edit-case.tsx'
import { isByTooth, placeFor, PlaceFields } from './place-fields.tsx'

interface CaseDraft {
  patientId: PatientId | null
  guideId: string
  tooth: string | null
  area: OralArea | null
  /** Null: not chosen yet, the usual one is offered; empty: none on purpose. */
  coverageId: CoverageId | '' | null
  providerId: ProviderId | '' | null
  treatment: CaseView['treatment']
}

export default function NewCase() {
  const given = (useParams<{ patientId?: string }>().patientId ?? null) as PatientId | null
  // A case begun from a patient's page is its own draft: it never takes over the patient of another one.
  return <CaseForm key={given} given={given} />
}

const EMPTY: CaseDraft = {
  patientId: null,
  guideId: 'endodontics',
  tooth: null,
  area: null,
  coverageId: null,
  providerId: null,
  treatment: 'planned',
}

function CaseForm({ given }: { given: PatientId | null }) {
  const [, go] = useLocation()
  const today = useToday()
  const fresh: CaseDraft = { ...EMPTY, patientId: given }
  const [draft, setDraft, { discard, restored }] = useDraft<CaseDraft>(given ? `case.new:${given}` : 'case.new', fresh)
  const [text, setText] = useState('')
  const [adding, setAdding] = useState<{ what: 'patient'; name: string } | { what: 'coverage' } | null>(null)
  const { patientId } = draft
  const patients = useRoute('patient.list', { text, limit: 20 }, { keep: true })
  const chosen = useRoute('patient.get', { id: patientId ?? '' }, { enabled: patientId !== null })
  const guides = useRoute('guide.list', {})
  const guide = useRoute('guide.get', { id: draft.guideId }, { keep: true })
  const providers = useRoute('provider.list', {})
  const create = useCommand('case.create', {
    expected: ['INVALID_INPUT'],
    onSuccess: ({ id, findings }) => {
      discard()
      for (const message of findings) showToast({ message, tone: 'warn' })
      go(paths.case(id, 'code'))
    },
  })
  const errors = fieldErrors(create.error)
  const set = (part: Partial<CaseDraft>) => setDraft((now) => ({ ...now, ...part }))
  /** What was chosen for one patient is not the next one’s; what was chosen before anybody was named stays. */
  const choosePatient = (next: PatientId | null) => {
    if (given) go(next ? paths.newCaseFor(next) : paths.newCase)
    else setDraft((now) => ({ ...(now.patientId === null ? now : EMPTY), patientId: next }))
  }
  const patient = chosen.data?.patient
  const coverages = chosen.data?.coverages ?? []
  const dentists = (providers.data?.providers ?? []).filter((one) => one.active)
  const coverageId = draft.coverageId ?? coverages[0]?.id ?? ''
  const providerId = draft.providerId ?? (dentists.length === 1 ? dentists[0]!.id : '')
  const place = { tooth: draft.tooth, area: draft.area }
  const found = patients.data?.patients ?? []
  const listed = patient && !found.some((one) => one.id === patient.id) ? [patient, ...found] : found
  const marks = Object.fromEntries(
    (chosen.data?.cases ?? []).flatMap((one) =>
      one.tooth && one.state === 'open'
        ? [[one.tooth, { label: `open case: ${one.title}`, tone: 'warn' as const }]]
        : [],
    ),
  )
  const save = () => {
    if (!patientId) return
    create.mutate({
      patientId,
      guideId: draft.guideId,
      ...placeFor(guide.data?.guide, place),
      coverageId: coverageId || null,
      providerId: providerId || null,
      treatment: draft.treatment,
    })
  }
  return (
    <Page title="New case" lead="A part of the last name, then Tab. What stands here is kept when you are called away.">
      <Form onSubmit={save} label="New case" busy={create.isPending}>
        {restored && (
          <div className="cw-row">
            <span className="cw-muted">Continues what you began earlier.</span>
            <Button variant="subtle" onClick={() => discard(fresh)}>
              Start over
            </Button>
          </div>
        )}
        <div className={classes.newCase}>
          <div className={classes.fields}>
            <PickField
              label="Patient"
              value={patientId}
              onChange={(value) => choosePatient(value as PatientId | null)}
              options={listed.map((one) => ({
                value: one.id,
                label: personName(one),
                detail: `born ${formatDate(one.birthDate)} · ${ageText(one.birthDate, today)}`,
              }))}
              onSearch={setText}
              searching={patients.isPlaceholderData}
              onCreate={(name) => setAdding({ what: 'patient', name })}
              createLabel="Add patient"
              placeholder="Last name, first name, or birth date"
              error={errors['patientId']}
              required
              autoFocus={given === null}
            />
            <div className={classes.pair}>
              <SelectField
                label="Procedure"
                value={draft.guideId}
                onChange={(guideId) => set({ guideId })}
                options={(guides.data?.guides ?? []).map((one) => ({ value: one.id, label: one.title }))}
              />
              <SelectField
                label="Treatment"
                value={draft.treatment}
                onChange={(treatment) => set({ treatment })}
                options={TREATMENTS}
              />
            </div>
            <PlaceFields
              guide={guide.data?.guide}
              place={place}
              onChange={set}
              hint="Or on the chart"
              error={errors['tooth']}
              autoFocus={given !== null}
            />
            <div className={classes.withAction}>
              <SelectField
                label="Coverage"
                value={coverageId}
                onChange={(value) => set({ coverageId: value })}
                disabled={!patient}
                options={coverages.map((one) => ({
                  value: one.id,
                  label: `${one.payerName} · ${one.planName} (${one.order})`,
                }))}
                emptyLabel={coverages.length === 0 ? 'None on file' : 'None'}
              />
              <Button onClick={() => setAdding({ what: 'coverage' })} disabled={!patient} shortcut="alt+v">
                Add coverage
              </Button>
            </div>
            <SelectField
              label="Treating dentist"
              value={providerId}
              onChange={(value) => set({ providerId: value })}
              options={dentists.map((one) => ({ value: one.id, label: `Dr. ${one.firstName} ${one.lastName}` }))}
              emptyLabel="Not known yet"
            />
            {create.error && <Finding severity="warn">{explainError(create.error)}</Finding>}
            <div className="cw-row">
              <Button
                type="submit"
                variant="filled"
                shortcut="mod+enter"
                disabled={!patientId}
                loading={create.isPending}
              >
                Open case
              </Button>
            </div>
          </div>
          {isByTooth(guide.data?.guide) && (
            <Odontogram
              value={draft.tooth}
              onChange={(tooth) => set({ tooth })}
              marks={marks}
              dentition="both"
              label="Choose the tooth"
            />
          )}
        </div>
      </Form>
      {adding?.what === 'patient' && (
        <AddPatient
          name={adding.name}
          onClose={() => setAdding(null)}
          onAdded={(id) => {
            choosePatient(id)
            setAdding(null)
          }}
        />
      )}
      {adding?.what === 'coverage' && patient && (
        <CoverageForm
          patient={patient}
          order={PLAN_ORDERS[coverages.length] ?? 'fourth'}
          onClose={() => setAdding(null)}
          onSaved={(id) => {
            set({ coverageId: id })
            setAdding(null)
          }}
        />
      )}
    </Page>
  )
}
