// Which months are closed: their money stays as it was counted, until an owner opens one again and says why.
import { endedMonths } from '#core/closed-months.ts'
import type { IsoDate } from '#core/dates.ts'
import { PageForm, useCommandForm } from '../../lib/command-form.tsx'
import { formatDate } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/use-today.ts'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'

const MOST_MONTHS = 24
const NONE = 'none'

export function ClosedMonths() {
  const settings = useRoute('setting.get', {})
  return (
    <Section title="Closed months">
      <Answer query={settings}>
        {({ closedThrough }) => <CloseMonths key={closedThrough} closedThrough={closedThrough} />}
      </Answer>
    </Section>
  )
}

function CloseMonths({ closedThrough }: { closedThrough: IsoDate | null }) {
  const ended = endedMonths(useToday(), MOST_MONTHS)
  const start = { through: closedThrough ?? NONE, reason: '' }
  const { field, ...form } = useCommandForm('setting.closeMonths', { scope: null, start, done: 'Saved' })
  const { through: chosen, reason } = form.values
  const through = chosen === NONE ? null : chosen
  const opens = closedThrough !== null && (through === null || through < closedThrough)
  const days = closedThrough && !ended.includes(closedThrough) ? [closedThrough, ...ended] : ended
  const options = [
    { value: NONE, label: 'No month is closed' },
    ...days.map((day) => ({ value: day, label: `Closed through ${formatDate(day)}` })),
  ]
  return (
    <PageForm
      form={form}
      label="Closed months"
      onSave={() => form.send((!opens || reason.trim().length >= 3) && { through, reason })}
      save={opens ? 'Open the months after it' : 'Close'}
      disabled={through === closedThrough}
    >
      <div className="cw-fields">
        <SelectField
          label="Closed months"
          {...field('through')}
          options={options}
          hint="EOBs, payments and write-offs of a closed month can be neither entered nor undone"
        />
        {opens && (
          <TextField
            label="Why it is opened again"
            {...field('reason', reason.trim().length < 3 && 'Say why')}
            hint="Kept in the audit trail with your name"
          />
        )}
      </div>
    </PageForm>
  )
}
