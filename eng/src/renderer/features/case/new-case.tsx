// A new case in under half a minute: who, what, which tooth, which plan. Everything can be added without leaving.
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import type { CaseView } from '#core/contract/case.ts'
import type { CoverageId, PatientId, ProviderId } from '#core/ids.ts'
import { PLAN_ORDERS } from '#core/patient.ts'
import type { OralArea } from '#core/teeth.ts'
import { ageText, formatDate, personName, dentistName } from '../../lib/format.ts'
import { showToast } from '../../lib/notify.tsx'
import { useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/use-today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Odontogram } from '../../ui/odontogram.tsx'
import { Page } from '../../ui/page.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { CoverageForm } from '../../forms/coverage-form.tsx'
import { AddPatient } from '../../forms/add-patient.tsx'
import classes from './case.module.css'
import { TREATMENTS } from './edit-case.tsx'
import { isByTooth, placeFor, PlaceFields } from './place-fields.tsx'
import { FormProblem, useCommandForm } from '../../lib/command-form.tsx'
import { findGuides } from '#core/guide/find.ts'
import { Restored } from '../../forms/restored.tsx'

export default function NewCase() {
  const given = (useParams<{ patientId?: string }>().patientId ?? null) as PatientId | null
  return <CaseForm key={given} given={given} />
}

const EMPTY = {
  guideId: 'endodontics',
  tooth: null as string | null,
  area: null as OralArea | null,
  /** Null: not chosen yet, the usual one is offered; empty: none on purpose. */
  coverageId: null as CoverageId | '' | null,
  providerId: null as ProviderId | '' | null,
  treatment: 'planned' as CaseView['treatment'],
}

/** The draft of the case, who and what can be chosen, and what is taken for granted until somebody chooses. */
function useNewCase(given: PatientId | null) {
  const [, go] = useLocation()
  const [patientId, setPatientId] = useState(given)
  /** What was chosen before anybody was named. */
  const [before, setBefore] = useState<Partial<typeof EMPTY>>({})
  const form = useCommandForm('case.create', {
    // Kept by patient: what was begun for one never appears for another.
    scope: patientId ? `case.new:${patientId}` : 'case.new',
    start: { ...EMPTY, ...(patientId && before) },
    onSuccess: ({ id, findings }) => {
      for (const message of findings) showToast({ message, tone: 'warn' })
      go(paths.case(id, 'code'))
    },
  })
  const { guideId, tooth, area, treatment } = form.values
  const chosen = useRoute('patient.get', { id: patientId ?? '' }, { enabled: patientId !== null }).data
  const guide = useRoute('guide.get', { id: guideId }, { keep: true }).data?.guide
  const providers = useRoute('provider.list', {}).data?.providers ?? []
  const dentists = providers.filter((one) => one.active)
  const coverages = chosen?.coverages ?? []
  const coverageId = form.values.coverageId ?? coverages[0]?.id ?? ''
  const providerId = form.values.providerId ?? (dentists.length === 1 ? dentists[0]!.id : '')
  return {
    ...form,
    patientId,
    patient: chosen?.patient,
    cases: chosen?.cases ?? [],
    coverages,
    coverageId,
    dentists,
    providerId,
    guide,
    /** What was chosen for one patient is not the next one’s; what was chosen before anybody was named stays. */
    choosePatient: (next: PatientId | null) => {
      setBefore(patientId === null ? form.values : {})
      if (patientId === null) form.discard()
      setPatientId(next)
    },
    save: () => {
      const place = placeFor(guide, { tooth, area })
      const paidBy = { coverageId: coverageId || null, providerId: providerId || null }
      form.send(patientId && { patientId, guideId, ...place, ...paidBy, treatment })
    },
  }
}
type NewCaseState = ReturnType<typeof useNewCase>

function CaseForm({ given }: { given: PatientId | null }) {
  const form = useNewCase(given)
  const { values, set, patientId, patient, coverages } = form
  const [adding, setAdding] = useState<{ what: 'patient'; name: string } | { what: 'coverage' } | null>(null)
  const close = () => setAdding(null)
  return (
    <Page title="New case" lead="A part of the last name, then Tab. What you type is kept when you are called away.">
      <Form onSubmit={form.save} label="New case" busy={form.busy}>
        <Restored form={form} {...(patient && { about: personName(patient) })} />
        <div className={classes.newCase}>
          <div className="cw-stack">
            <PatientPick
              form={form}
              autoFocus={given === null}
              onCreate={(name) => setAdding({ what: 'patient', name })}
            />
            <WhatAndWhere form={form} autoFocus={given !== null} />
            <WhoPaysAndTreats form={form} onAddCoverage={() => setAdding({ what: 'coverage' })} />
            <FormProblem form={form} />
            <div className="cw-row">
              <Button type="submit" variant="filled" shortcut="mod+enter" disabled={!patientId} loading={form.busy}>
                Open case
              </Button>
            </div>
          </div>
          {isByTooth(form.guide) && (
            <Odontogram
              value={values.tooth}
              onChange={(tooth) => set({ tooth })}
              marks={marksOf(form.cases)}
              label="Choose the tooth"
            />
          )}
        </div>
      </Form>
      {adding?.what === 'patient' && (
        <AddPatient
          name={adding.name}
          onClose={close}
          onAdded={(id) => {
            form.choosePatient(id)
            close()
          }}
        />
      )}
      {adding?.what === 'coverage' && patient && (
        <CoverageForm
          patient={patient}
          order={PLAN_ORDERS[coverages.length] ?? 'fourth'}
          onClose={close}
          onSaved={(coverageId) => {
            set({ coverageId })
            close()
          }}
        />
      )}
    </Page>
  )
}

/** The teeth on which the patient has an open case. */
function marksOf(cases: NewCaseState['cases']) {
  return Object.fromEntries(
    cases.flatMap((one) =>
      one.tooth && one.state === 'open'
        ? [[one.tooth, { label: `open case: ${one.title}`, tone: 'warn' as const }]]
        : [],
    ),
  )
}

interface PartProps {
  form: NewCaseState
  autoFocus: boolean
}

function PatientPick({ form, autoFocus, onCreate }: PartProps & { onCreate: (name: string) => void }) {
  const today = useToday()
  const [text, setText] = useState('')
  const patients = useRoute('patient.list', { text, limit: 20 }, { keep: true })
  const found = patients.data?.patients ?? []
  const { patient } = form
  const listed = patient && !found.some((one) => one.id === patient.id) ? [patient, ...found] : found
  return (
    <PickField
      label="Patient"
      value={form.patientId}
      error={form.errorAt('patientId')}
      onChange={(value) => form.choosePatient(value as PatientId | null)}
      options={listed.map((one) => ({
        value: one.id,
        label: personName(one),
        detail: `born ${formatDate(one.birthDate)} · ${ageText(one.birthDate, today)}`,
      }))}
      onSearch={setText}
      searching={patients.isPlaceholderData}
      onCreate={onCreate}
      createLabel="Add patient"
      hint="A part of the name, birth date, phone or member ID"
      required
      autoFocus={autoFocus}
    />
  )
}

function WhatAndWhere({ form, autoFocus }: PartProps) {
  const guides = useRoute('guide.list', {}).data?.guides ?? []
  const [text, setText] = useState('')
  const { guideId } = form.values
  const chosen = guides.find((one) => one.id === guideId)
  const found = findGuides(guides, text === chosen?.title ? '' : text)
  const listed =
    found.some(({ guide }) => guide.id === guideId) || !chosen ? found : [...found, { guide: chosen, code: null }]
  return (
    <>
      <div className="cw-fields">
        <PickField
          label="Procedure"
          {...form.field('guideId')}
          onChange={(id) => form.set({ guideId: id ?? EMPTY.guideId })}
          options={listed.map(({ guide, code }) => ({
            value: guide.id,
            label: guide.title,
            ...(code && { detail: `${code.code} ${code.label}` }),
          }))}
          onSearch={setText}
          hint="A code, or what the chart says"
          required
        />
        <SelectField label="Treatment" {...form.field('treatment')} options={TREATMENTS} />
      </div>
      <PlaceFields
        guide={form.guide}
        place={form.values}
        onChange={form.set}
        hint="Or on the chart"
        error={form.errorAt('tooth')}
        autoFocus={autoFocus}
      />
    </>
  )
}

function WhoPaysAndTreats({ form, onAddCoverage }: { form: NewCaseState; onAddCoverage: () => void }) {
  const { patient, coverages, coverageId, dentists, providerId } = form
  return (
    <>
      <div className={classes.withAction}>
        <SelectField
          label="Coverage"
          value={coverageId}
          onChange={(value) => form.set({ coverageId: value })}
          disabled={!patient}
          options={coverages.map((one) => ({
            value: one.id,
            label: `${one.payerName} · ${one.planName} (${one.order})`,
          }))}
          emptyLabel={coverages.length === 0 ? 'None on file' : 'None'}
        />
        {/* Pressed before the patient is read, it opens once they are. */}
        <Button onClick={onAddCoverage} disabled={form.patientId === null} shortcut="alt+v">
          Add coverage
        </Button>
      </div>
      <SelectField
        label="Treating dentist"
        value={providerId}
        onChange={(value) => form.set({ providerId: value })}
        options={dentists.map((one) => ({ value: one.id, label: dentistName(one) }))}
        emptyLabel="Not known yet"
      />
    </>
  )
}
