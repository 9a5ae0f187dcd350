// Brings fees in, from a practice system's fee list or a payer's sheet, into a fee schedule.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import type { FeeTarget } from '#core/contract/fee-import.ts'
import type { FeeSchedule } from '#core/coverage/fee-schedule.ts'
import { FEE_FIELDS } from '#core/fee-import/fields.ts'
import type { FeeScheduleId } from '#core/ids.ts'
import { Earlier, undoneWords } from '../../../forms/import/earlier.tsx'
import { ImportDialog } from '../../../forms/import/import-dialog.tsx'
import { Changes, doesWords, type OutlookWords } from '../../../forms/import/outlook.tsx'
import { useListImport, withExtra } from '../../../forms/import/use-list-import.ts'
import { WhereFrom } from '../../../forms/import/where-from.tsx'
import { countOf, formatDate } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useToday } from '../../../lib/use-today.ts'
import { DateField, SelectField, TextField } from '../../../ui/fields.tsx'

type Preview = OutputOf<'feeSchedule.previewImport'>
type Target = Omit<FeeTarget, 'from'> & { from: FeeTarget['from'] | null }

const NEW = { office: 'New: the office’s own fees', contract: 'New: a contract’s fees' } as const

interface FeeImportDialogProps {
  schedules: readonly FeeSchedule[]
  onClose: () => void
}
export default function FeeImportDialog({ schedules, onClose }: FeeImportDialogProps) {
  const today = useToday()
  const [first] = schedules
  const [into, setInto] = useState<Target>(
    first
      ? { ...ofSchedule(first), from: today }
      : { scheduleId: null, kind: 'office', name: 'Office fees', from: today },
  )
  const { data: earlier } = useRoute('feeSchedule.listImports', {})
  const preview = useCommand('feeSchedule.previewImport', { expected: ['FILE_REJECTED', 'REFUSED', 'INVALID_INPUT'] })
  const run = useCommand('feeSchedule.import', { expected: ['REFUSED'] })
  const undo = useCommand('feeSchedule.undoImport', {
    expected: ['REFUSED'],
    done: (done) => undoneWords(done, 'fee schedule'),
  })
  const target = { into: { ...into, from: into.from ?? today } }
  const list = useListImport<Preview>({
    draft: 'fee-import',
    noun: 'fee',
    preview: withExtra(preview, target),
    run: withExtra(run, target),
    undo,
    onClose,
  })
  return (
    <ImportDialog
      list={list}
      onClose={onClose}
      title="Import fees"
      fields={FEE_FIELDS}
      row="a fee"
      lead={<Into schedules={schedules} into={into} onChange={setInto} />}
      chooser={
        <WhereFrom
          places={{
            'Open Dental':
              'Lists → Fee Schedules → Fee Tools: choose the schedule, Export. Codes without a fee are left out; 0.00 is a fee.',
            'Dentrix, Dentrix Ascend': 'Export the fee schedule as CSV or Excel. Lines above the headings may stay.',
            'A payer’s fee sheet': 'Excel or CSV with a code and a fee in each row. A PDF has to become one first.',
          }}
        />
      }
      earlier={<Earlier imports={earlier?.imports} undo={undo} />}
      outlook={(found) => outlookOf(found, target.into.from)}
    />
  )
}

const ofSchedule = ({ id, kind, name }: FeeSchedule) => ({ scheduleId: id, kind, name })

/** Which schedule the fees go into, and from which day they hold. */
function Into({
  schedules,
  into,
  onChange,
}: {
  schedules: readonly FeeSchedule[]
  into: Target
  onChange: (into: Target) => void
}) {
  const hasOwn = schedules.some(({ kind }) => kind === 'office')
  const choose = (value: string) => {
    const known = schedules.find(({ id }) => id === value)
    if (known) onChange({ ...ofSchedule(known), from: into.from })
    else
      onChange({
        ...into,
        scheduleId: null,
        kind: value as Target['kind'],
        name: value === 'office' ? 'Office fees' : '',
      })
  }
  return (
    <div className="cw-stack">
      <p>
        New and changed fees hold from the day you choose; fees before it stay. Nothing is written before you have seen
        what would be.
      </p>
      <div className="cw-fields">
        <SelectField
          label="Into"
          value={into.scheduleId ?? into.kind}
          onChange={(value: FeeScheduleId | Target['kind']) => choose(value)}
          options={[
            ...schedules.map(({ id, name }) => ({ value: id, label: name })),
            ...(['office', 'contract'] as const)
              .filter((kind) => kind === 'contract' || !hasOwn)
              .map((kind) => ({ value: kind, label: NEW[kind] })),
          ]}
        />
        {into.scheduleId === null && (
          <TextField
            label="Name"
            value={into.name}
            onChange={(name) => onChange({ ...into, name })}
            hint={into.kind === 'contract' ? 'Such as the network’s name' : ''}
            required
          />
        )}
        <DateField
          label="Effective from"
          value={into.from}
          onChange={(from) => onChange({ ...into, from })}
          hint="First day of these fees"
          required
        />
      </div>
    </div>
  )
}

function outlookOf(preview: Preview, from: FeeTarget['from']): OutlookWords {
  const { schedule, ready, changing, changed, absent, rows } = preview
  return {
    does: doesWords('fee', ready, changing),
    brings: (
      <>
        <strong>{countOf(ready, 'new fee')}</strong> of {countOf(rows, 'row')}
        {changing > 0 && ` · ${countOf(changing, 'fee')} changed`} · into {schedule} from {formatDate(from)}
      </>
    ),
    changes: (
      <Changes title="Changed fees" rows={changed.map(({ row, code, changes }) => ({ row, about: code, changes }))} />
    ),
    goodToKnow:
      absent > 0
        ? [`${countOf(absent, 'fee')} on file ${absent === 1 ? 'is' : 'are'} not in this list. They stay.`]
        : [],
  }
}
