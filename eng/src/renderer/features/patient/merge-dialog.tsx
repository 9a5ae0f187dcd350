// One person entered twice: choose the other entry, look at what moves, merge; Undo gives it back.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import type { PatientId } from '#core/ids.ts'
import type { Patient } from '#core/patient.ts'
import { formatPhone } from '#core/phone.ts'
import { countOf, formatDate, oneLine, personName, siteName } from '../../lib/format.ts'
import { showToast } from '../../lib/notify.tsx'
import { useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { Answer } from '../../ui/states.tsx'

type Preview = OutputOf<'patient.mergePreview'>
const FIELDS: Record<string, string> = {
  phone: 'phone',
  mobile: 'mobile',
  email: 'email',
  address: 'address',
  guarantor: 'guarantor',
  externalId: 'number in the practice system',
  gender: 'gender',
  note: 'note',
}

/** `born Apr 12, 2015 · (555) 555-0100`: what tells two entries of one name apart. */
const tellApart = ({ birthDate, phone, mobile, externalId }: Patient) =>
  oneLine([
    `born ${formatDate(birthDate)}`,
    phone && formatPhone(phone),
    mobile && formatPhone(mobile),
    externalId && `no. ${externalId}`,
  ])

export function MergeDialog({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const [otherId, setOtherId] = useState<PatientId | null>(null)
  return (
    <Dialog open onClose={onClose} title="Merge with another entry" size="lg">
      <div className="cw-stack">
        <p>
          {personName(patient)}, {tellApart(patient)}, is kept. Cases, plans and documents of the other entry move here.
        </p>
        <OtherEntry patient={patient} value={otherId} onChange={setOtherId} />
      </div>
      {otherId && <Merge key={otherId} patient={patient} fromId={otherId} onClose={onClose} />}
    </Dialog>
  )
}

function OtherEntry(props: { patient: Patient; value: PatientId | null; onChange: (id: PatientId | null) => void }) {
  const { patient, value, onChange } = props
  const [text, setText] = useState('')
  const { lastName, firstName, birthDate, phone, mobile } = patient
  const similar = useRoute('patient.similar', { lastName, firstName, birthDate, phone, mobile })
  const found = useRoute('patient.list', { text, limit: 20 }, { keep: true, enabled: text !== '' })
  const likely = similar.data?.patients ?? []
  const listed = [...likely, ...(found.data?.patients ?? [])].filter(
    (one, index, all) => one.id !== patient.id && all.findIndex(({ id }) => id === one.id) === index,
  )
  return (
    <PickField
      label="The other entry"
      value={value}
      onChange={(id) => onChange(id as PatientId | null)}
      options={listed.map((one) => ({ value: one.id, label: personName(one), detail: tellApart(one) }))}
      onSearch={setText}
      searching={found.isPlaceholderData}
      hint="Likely matches come first"
      required
      autoFocus
    />
  )
}

function Merge({ patient, fromId, onClose }: { patient: Patient; fromId: PatientId; onClose: () => void }) {
  const preview = useRoute('patient.mergePreview', { fromId, intoId: patient.id })
  const unmerge = useCommand('patient.unmerge', { done: 'Merge undone' })
  const merge = useCommand('patient.merge', {
    onSuccess: (_, { from }) => {
      showToast({
        message: 'Entries merged',
        action: {
          label: 'Undo',
          shortcut: 'mod+z',
          run: () => unmerge.mutate({ id: fromId, version: from.version + 1 }),
        },
      })
      onClose()
    },
  })
  return (
    <Answer query={preview}>
      {(data) => (
        <Form
          label="Merge"
          busy={merge.isPending}
          onSubmit={() => {
            const seen = ({ id, version }: Patient) => ({ id, version })
            if (data.reasons.length === 0) merge.mutate({ from: seen(data.from), into: seen(data.into) })
          }}
        >
          <WhatMoves data={data} />
          {data.reasons.map((reason) => (
            <Finding key={reason} severity="warn">
              {reason}
            </Finding>
          ))}
          <Actions>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" disabled={data.reasons.length > 0} loading={merge.isPending}>
              Merge
            </Button>
          </Actions>
        </Form>
      )}
    </Answer>
  )
}

function WhatMoves({ data: { from, into, cases, coverages, filled } }: { data: Preview }) {
  const isOther = from.birthDate !== into.birthDate
  return (
    <>
      {isOther && (
        <Finding severity="warn">
          The birth dates differ: {formatDate(from.birthDate)} and {formatDate(into.birthDate)}. The second is kept.
        </Finding>
      )}
      <ul className="cw-stack" aria-label="What moves">
        {cases.map((one) => (
          <li key={one.id}>
            Case {oneLine([siteName(one.tooth, one.area), one.code ?? one.title])}{' '}
            <span className="cw-muted">{one.status}</span>
          </li>
        ))}
        {coverages.map(({ coverage, isSame, order }) => (
          <li key={coverage.id}>
            {`${coverage.payerName} ${coverage.planName} · ${coverage.memberId}`}{' '}
            <span className="cw-muted">{isSame ? 'both have it: kept once' : `becomes the ${order} plan`}</span>
          </li>
        ))}
        {filled.length > 0 && <li>Filled in: {filled.map((key) => FIELDS[key] ?? key).join(', ')}</li>}
        {cases.length + coverages.length + filled.length === 0 && (
          <li>Nothing: {countOf(0, 'case')}, no plan. The entry only leaves the list.</li>
        )}
      </ul>
    </>
  )
}
