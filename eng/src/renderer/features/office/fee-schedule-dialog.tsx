// One fee schedule: whose fees, from which day, and which dentists take part in the contract.
import { type FeeSchedule, type FeeScheduleInput, feesAsText, readFees } from '#core/coverage/fee-schedule.ts'
import type { IsoDate } from '#core/dates.ts'
import type { ProviderId } from '#core/ids.ts'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'
import { dentistName, formatDate } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { CheckField, DateField, SelectField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { TableHead } from '../../ui/table-head.tsx'

const KINDS = { contract: 'A contract’s', office: 'The office’s own' } as const

/** An edition as it is typed. */
interface EditionRow {
  from: IsoDate | null
  source: string
  text: string
}
type Member = FeeScheduleInput['members'][number]

const NEW: EditionRow = { from: null, source: '', text: '' }
const newestFirst = (a: { from: IsoDate }, b: { from: IsoDate }) => (a.from < b.from ? 1 : -1)
const rowsOf = (schedule: FeeSchedule | null): EditionRow[] =>
  schedule
    ? [...schedule.editions].sort(newestFirst).map(({ from, source, fees }) => ({
        from,
        source,
        text: feesAsText(fees),
      }))
    : [NEW]

/** What was typed as the schedule holds it; undefined while a row cannot be read. */
function editionsIn(rows: readonly EditionRow[]): FeeScheduleInput['editions'] | undefined {
  const read = rows.map(({ from, source, text }) => {
    const found = readFees(text)
    return from !== null && 'fees' in found ? { from, source, fees: found.fees } : undefined
  })
  return read.some((one) => one === undefined) ? undefined : (read as FeeScheduleInput['editions'])
}
const wrongIn = ({ text }: EditionRow) => {
  const found = readFees(text)
  return 'wrong' in found ? found.wrong : undefined
}

interface FeeScheduleDialogProps {
  schedule: FeeSchedule | null
  onClose: () => void
}
export function FeeScheduleDialog({ schedule, onClose }: FeeScheduleDialogProps) {
  const form = useCommandForm(schedule ? 'feeSchedule.update' : 'feeSchedule.add', {
    scope: `fee-schedule:${schedule ? `${schedule.id}:${schedule.version}` : 'new'}`,
    start: {
      name: schedule?.name ?? '',
      kind: schedule?.kind ?? ('contract' as const),
      members: schedule?.members ?? [],
      endsOn: schedule?.endsOn ?? null,
      rows: rowsOf(schedule),
    },
    at: 'schedule',
    done: schedule ? 'Fee schedule saved' : 'Fee schedule added',
    onSuccess: onClose,
  })
  const { rows, ...values } = form.values
  const isContract = values.kind === 'contract'
  const setRow = (at: number, part: Partial<EditionRow>) =>
    form.set({ rows: rows.map((row, index) => (index === at ? { ...row, ...part } : row)) })
  const save = () => {
    const editions = editionsIn(rows)
    const own = isContract ? values : { ...values, members: [], endsOn: null }
    const typed = editions && { ...own, editions }
    form.send(
      typed && (schedule ? { id: schedule.id, version: schedule.version, schedule: typed } : { schedule: typed }),
    )
  }
  return (
    <FormDialog
      form={form}
      title={schedule ? 'Edit fee schedule' : 'Add fee schedule'}
      label="Fee schedule"
      size="xl"
      onClose={onClose}
      onSave={save}
    >
      <div className="cw-fields">
        <TextField label="Name" {...form.field('name')} required autoFocus hint="Such as the network’s name" />
        <SelectField label="Whose fees" {...form.field('kind')} options={KINDS} />
        {isContract && (
          <DateField label="Contract ends" {...form.field('endsOn')} hint="Last day; leave empty if it continues" />
        )}
      </div>
      {isContract && <Members members={values.members} onChange={(members) => form.set({ members })} />}
      <h3>Fees</h3>
      {rows.map((row, at) => {
        const name = row.from === null ? 'new fees' : `fees from ${formatDate(row.from)}`
        return (
          <section key={at} aria-label={name}>
            <div className="cw-fields">
              <DateField
                label="Effective from"
                value={row.from}
                onChange={(from) => setRow(at, { from })}
                error={form.asked && row.from === null ? 'Type the first day of these fees' : undefined}
                required
              />
              <TextField
                label="Where they come from"
                value={row.source}
                onChange={(source) => setRow(at, { source })}
                hint="Such as: contract letter, Dec 2, 2025"
              />
              {rows.length > 1 && (
                <RowButton
                  verb="Remove"
                  of={name}
                  onClick={() => form.set({ rows: rows.filter((_, index) => index !== at) })}
                />
              )}
            </div>
            <TextAreaField
              label={`Codes and ${name}`}
              value={row.text}
              onChange={(text) => setRow(at, { text })}
              hint="A line for each, such as D2740 1,050.00; it can be pasted from a sheet"
              error={form.asked ? wrongIn(row) : undefined}
              rows={5}
            />
          </section>
        )
      })}
      <Button onClick={() => form.set({ rows: [NEW, ...rows] })}>Add fees from a new day</Button>
    </FormDialog>
  )
}

/** Who takes part in a contract, and since when. */
function Members({ members, onChange }: { members: readonly Member[]; onChange: (members: Member[]) => void }) {
  const providers = useRoute('provider.list', {}).data?.providers ?? []
  const set = (providerId: ProviderId, part: Partial<Member>) =>
    onChange(members.map((one) => (one.providerId === providerId ? { ...one, ...part } : one)))
  return (
    <>
      <p>Dentists in this contract. None checked: every dentist of the office.</p>
      <table className="cw-grid" aria-label="Dentists in this contract">
        <TableHead names={['Dentist', 'Takes part', 'From', 'Last day']} />
        <tbody>
          {providers.map((provider) => {
            const name = dentistName(provider)
            const member = members.find(({ providerId }) => providerId === provider.id)
            return (
              <tr key={provider.id}>
                <th scope="row">{name}</th>
                <td>
                  <CheckField
                    label={`${name} takes part`}
                    value={member !== undefined}
                    onChange={(isMember) =>
                      onChange(
                        isMember
                          ? [...members, { providerId: provider.id, from: null, to: null }]
                          : members.filter(({ providerId }) => providerId !== provider.id),
                      )
                    }
                  />
                </td>
                <td>
                  {member && (
                    <DateField
                      label={`${name}, from`}
                      value={member.from}
                      onChange={(from) => set(provider.id, { from })}
                    />
                  )}
                </td>
                <td>
                  {member && (
                    <DateField
                      label={`${name}, last day`}
                      value={member.to}
                      onChange={(to) => set(provider.id, { to })}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
