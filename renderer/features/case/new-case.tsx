// A new case in under half a minute: who, what, which tooth, which plan. Everything can be added without leaving.
import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { CoverageId, PatientId, ProviderId } from '#core/ids.ts'
import { ORAL_AREAS, type OralArea } from '#core/teeth.ts'
import { useDraft } from '../../lib/drafts.ts'
import { ageText, formatDate, personName } from '../../lib/format.ts'
import { showToast } from '../../lib/notify.tsx'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/today.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Actions } from '../../ui/dialog.tsx'
import { SelectField, ToothField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Odontogram } from '../../ui/odontogram.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { AddCoverage } from './add-coverage.tsx'
import { AddPatient } from './add-patient.tsx'

interface CaseDraft {
  patientId: string | null
  guideId: string
  tooth: string | null
  area: string
  coverageId: string
  providerId: string
  treatment: 'planned' | 'in_progress' | 'done'
}
const EMPTY = {
  patientId: null,
  guideId: 'endodontics',
  tooth: null,
  area: '',
  coverageId: '',
  providerId: '',
  treatment: 'planned',
} satisfies CaseDraft

export default function NewCase() {
  const [, go] = useLocation()
  const today = useToday()
  const given = new URLSearchParams(useSearch()).get('patient')
  const [draft, setDraft, { discard }] = useDraft<CaseDraft & Record<string, string | null>>('case.new', {
    ...EMPTY,
    patientId: given,
  })
  const [text, setText] = useState('')
  const [adding, setAdding] = useState<{ what: 'patient'; name: string } | { what: 'coverage' } | null>(null)
  const patients = useRoute('patient.list', { text, limit: 20 }, { keep: true })
  const patientId = (draft.patientId ?? given) as PatientId | null
  const chosen = useRoute('patient.get', { id: patientId ?? ('' as PatientId) }, { enabled: patientId !== null })
  const guides = useRoute('guide.list', {})
  const providers = useRoute('provider.list', {})
  const create = useCommand('case.create', {
    onSuccess: ({ id, findings }) => {
      discard()
      for (const message of findings) showToast({ message, tone: 'warn' })
      go(paths.case(id, 'code'))
    },
  })
  const set = (part: Partial<CaseDraft>) => setDraft({ ...draft, ...part } as typeof draft)
  const patient = chosen.data?.patient
  const coverages = chosen.data?.coverages ?? []
  const coverageId = draft.coverageId || coverages[0]?.id || ''
  const active = (providers.data?.providers ?? []).filter((one) => one.active)
  const providerId = draft.providerId || active[0]?.id || ''
  const byTooth = draft.guideId !== 'periodontal'
  const options = [
    ...(patient
      ? [{ value: patient.id as string, label: personName(patient), detail: `born ${formatDate(patient.birthDate)}` }]
      : []),
    ...(patients.data?.patients ?? [])
      .filter((one) => one.id !== patient?.id)
      .map((one) => ({
        value: one.id as string,
        label: personName(one),
        detail: `born ${formatDate(one.birthDate)} · ${ageText(one.birthDate, today)}`,
      })),
  ]
  const save = () => {
    if (!patientId) return
    create.mutate({
      patientId,
      guideId: draft.guideId,
      tooth: byTooth ? draft.tooth : null,
      area: byTooth || !draft.area ? null : (draft.area as OralArea),
      coverageId: (coverageId || null) as CoverageId | null,
      providerId: (providerId || null) as ProviderId | null,
      treatment: draft.treatment,
    })
  }
  return (
    <Page
      title="New case"
      lead="Type a part of the last name, then Tab. What you type here is kept if you are called away."
    >
      <Form onSubmit={save} label="New case" busy={create.isPending}>
        <Section title="Who and what">
          <div className="cw-fields">
            <PickField
              label="Patient"
              value={patientId}
              onChange={(value) => set({ patientId: value, coverageId: '' })}
              options={options}
              onSearch={setText}
              onCreate={(name) => setAdding({ what: 'patient', name })}
              createLabel="Add patient"
              placeholder="Last name, first name, or birth date"
              required
              autoFocus
            />
            <SelectField
              label="Procedure guide"
              value={draft.guideId}
              onChange={(guideId) => set({ guideId })}
              options={(guides.data?.guides ?? []).map((guide) => ({ value: guide.id, label: guide.title }))}
            />
            <SelectField
              label="Treatment"
              value={draft.treatment}
              onChange={(treatment) => treatment && set({ treatment })}
              options={[
                { value: 'planned', label: 'Planned' },
                { value: 'in_progress', label: 'In progress' },
                { value: 'done', label: 'Done' },
              ]}
            />
          </div>
        </Section>
        <Section title={byTooth ? 'Tooth' : 'Area'}>
          {byTooth ? (
            <>
              <ToothField
                label="Tooth number"
                value={draft.tooth}
                onChange={(tooth) => set({ tooth })}
                hint="1–32 or A–T; or choose below"
              />
              <Odontogram
                value={draft.tooth}
                onChange={(tooth) => set({ tooth })}
                dentition="both"
                label="Choose the tooth"
              />
            </>
          ) : (
            <SelectField
              label="Area"
              value={draft.area}
              onChange={(area) => set({ area })}
              options={[
                { value: '', label: 'Several quadrants: the chart decides' },
                ...Object.entries(ORAL_AREAS).map(([value, label]) => ({ value, label })),
              ]}
            />
          )}
        </Section>
        <Section title="Plan and dentist">
          <div className="cw-fields">
            <SelectField
              label="Coverage"
              value={coverageId as string}
              onChange={(value) => set({ coverageId: value })}
              disabled={!patientId}
              options={[
                { value: '', label: coverages.length === 0 ? 'None on file' : 'None' },
                ...coverages.map((one) => ({
                  value: one.id as string,
                  label: `${one.payerName} · ${one.planName} (${one.order})`,
                })),
              ]}
            />
            <SelectField
              label="Treating dentist"
              value={providerId as string}
              onChange={(value) => set({ providerId: value })}
              options={[
                { value: '', label: 'None' },
                ...active.map((one) => ({ value: one.id as string, label: `Dr. ${one.firstName} ${one.lastName}` })),
              ]}
            />
          </div>
          <Button onClick={() => setAdding({ what: 'coverage' })} disabled={!patientId} shortcut="alt+v">
            Add coverage
          </Button>
        </Section>
        <Actions>
          <Button
            type="submit"
            variant="filled"
            shortcut="mod+enter"
            onClick={save}
            disabled={!patientId}
            loading={create.isPending}
          >
            Open case
          </Button>
        </Actions>
      </Form>
      {adding?.what === 'patient' && (
        <AddPatient
          name={adding.name}
          onClose={() => setAdding(null)}
          onAdded={(id) => {
            set({ patientId: id, coverageId: '' })
            setAdding(null)
          }}
        />
      )}
      {adding?.what === 'coverage' && patient && (
        <AddCoverage
          patient={patient}
          onClose={() => setAdding(null)}
          onAdded={(id) => {
            set({ coverageId: id })
            setAdding(null)
          }}
        />
      )}
    </Page>
  )
}
