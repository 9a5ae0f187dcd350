// One plan: its name, group and the benefits that estimates are computed from.
import { BENEFIT_CLASSES, type Benefit, type BenefitClass, CLASS_WORDS } from '#core/coverage/benefit-class.ts'
import type { Plan } from '#core/patient.ts'
import { CheckField, MoneyField, SelectField, TextField } from '../../ui/fields.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { useRoute } from '../../lib/query.ts'
import { wholeNumber } from '../../lib/whole-number.ts'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'

const NETWORKS = {
  unknown: 'Not known',
  in: 'In network',
  out: 'Out of network',
  capitation: 'Capitation (DHMO)',
} as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
].map((label, at) => ({ value: String(at + 1), label }))
const WRONG_PERCENT = 'Type a whole number from 0 to 100'
const WRONG_MONTHS = 'Type a whole number from 1 to 60'
const WRONG_CODES = 'Type codes and percentages such as D2950 50, D9110 80'

/** A row of the table as it is typed. */
interface ClassRow {
  of: BenefitClass
  percent: string
  months: string
  deductibleApplies: boolean
}

function rowsOf({ endoPercent, benefits }: Plan): ClassRow[] {
  return BENEFIT_CLASSES.map((of) => {
    const known = benefits.find((benefit) => benefit.of === of)
    const percent = of === 'endodontics' ? endoPercent : (known?.percent ?? null)
    return {
      of,
      percent: String(percent ?? ''),
      months: String(known?.waitingMonths ?? ''),
      deductibleApplies: known?.deductibleApplies ?? true,
    }
  })
}
const percentIn = (row: ClassRow) => wholeNumber(row.percent, 0, 100)
const monthsIn = (row: ClassRow) => wholeNumber(row.months, 1, 60)

/** What was typed as the plan holds it; undefined while a number cannot be read. */
function benefitsIn(rows: readonly ClassRow[]): { endoPercent: number | null; benefits: Benefit[] } | undefined {
  if (rows.some((row) => percentIn(row) === undefined || monthsIn(row) === undefined)) return undefined
  const all = rows.map((row) => {
    const { of, deductibleApplies } = row
    return { of, percent: percentIn(row) ?? null, deductibleApplies, waitingMonths: monthsIn(row) ?? null }
  })
  return {
    endoPercent: all.find(({ of }) => of === 'endodontics')!.percent,
    benefits: all
      .map((benefit) => (benefit.of === 'endodontics' ? { ...benefit, percent: null } : benefit))
      .filter(
        ({ percent, deductibleApplies, waitingMonths }) => percent !== null || !deductibleApplies || waitingMonths,
      ),
  }
}

/** `D2950 50, D9110 80`; undefined while it cannot be read. */
function codesIn(text: string): Plan['codeBenefits'] | undefined {
  const parts = text.split(/[,;\n]/).flatMap((part) => part.trim() || [])
  const found = parts.map((part) => /^(D\d{4})\s*[:=]?\s*(\d{1,3})\s*%?$/i.exec(part))
  if (found.some((match) => !match || Number(match[2]) > 100)) return undefined
  return found.map((match) => ({ code: match![1]!.toUpperCase(), percent: Number(match![2]) }))
}

export function PlanDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { id, version, payerName, endoPercent: _, benefits: _all, codeBenefits, ...rest } = plan
  const { feeScheduleId, benefitYearMonth, ...stored } = rest
  const all = useRoute('feeSchedule.list', {}).data?.schedules ?? []
  const contracts = all.filter(({ kind }) => kind === 'contract')
  const { field, ...form } = useCommandForm('plan.update', {
    scope: `plan:${id}:${version}`,
    start: {
      ...stored,
      rows: rowsOf(plan),
      codes: codeBenefits.map(({ code, percent }) => `${code} ${percent}`).join(', '),
      schedule: feeScheduleId ?? '',
      month: String(benefitYearMonth ?? ''),
    },
    at: 'plan',
    done: 'Plan saved',
    onSuccess: onClose,
  })
  const { rows, codes, schedule, month, ...values } = form.values
  const benefits = benefitsIn(rows)
  const ofCodes = codesIn(codes)
  const save = () =>
    form.send(
      benefits !== undefined &&
        ofCodes !== undefined && {
          id,
          version,
          plan: {
            ...values,
            ...benefits,
            codeBenefits: ofCodes,
            feeScheduleId: schedule === '' ? null : schedule,
            benefitYearMonth: month === '' ? null : Number(month),
          },
        },
    )
  const setRow = (at: number, part: Partial<ClassRow>) =>
    form.set({ rows: rows.map((row, index) => (index === at ? { ...row, ...part } : row)) })
  return (
    <FormDialog form={form} title={`Plan of ${payerName}`} label="Plan" size="lg" onClose={onClose} onSave={save}>
      <div className="cw-fields">
        <TextField label="Plan name" {...field('name')} required autoFocus />
        <TextField label="Group number" {...field('groupNumber')} />
        <SelectField label="Network" {...field('network')} options={NETWORKS} />
        <SelectField
          label="Contract fees"
          {...field('schedule')}
          options={contracts.map(({ id: value, name: label }) => ({ value, label }))}
          emptyLabel="None on file"
          hint="Settings → Fee schedules"
        />
        <SelectField
          label="Benefit year begins in"
          {...field('month')}
          options={MONTHS}
          emptyLabel="Not known: calendar year"
        />
        <MoneyField label="Annual maximum" {...field('annualMaxCents')} />
        <MoneyField label="Deductible" {...field('deductibleCents')} />
        <MoneyField label="Family maximum" {...field('familyMaxCents')} hint="Empty: none known" />
        <MoneyField label="Family deductible" {...field('familyDeductibleCents')} hint="Empty: none known" />
        <MoneyField label="Orthodontic lifetime maximum" {...field('orthodonticMaxCents')} hint="Empty: not known" />
      </div>
      <p>What it pays of each class. Leave empty what you do not know: nothing is expected of it then.</p>
      <table className="cw-grid" aria-label="What the plan pays">
        <TableHead names={['Class', 'Pays, %', 'Deductible applies', 'Waiting, months']} />
        <tbody>
          {rows.map((row, at) => {
            const name = CLASS_WORDS[row.of]
            return (
              <tr key={row.of}>
                <th scope="row">{name}</th>
                <td>
                  <TextField
                    label={`${name} %`}
                    value={row.percent}
                    onChange={(percent) => setRow(at, { percent })}
                    error={form.asked && percentIn(row) === undefined ? WRONG_PERCENT : undefined}
                    inputMode="numeric"
                  />
                </td>
                <td>
                  <CheckField
                    label={`Deductible applies to ${name}`}
                    value={row.deductibleApplies}
                    onChange={(deductibleApplies) => setRow(at, { deductibleApplies })}
                  />
                </td>
                <td>
                  <TextField
                    label={`${name}, waiting months`}
                    value={row.months}
                    onChange={(months) => setRow(at, { months })}
                    error={form.asked && monthsIn(row) === undefined ? WRONG_MONTHS : undefined}
                    inputMode="numeric"
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <TextField
        label="Codes that the plan pays differently"
        hint="Such as D2950 50, D9110 80"
        {...field('codes', ofCodes === undefined && WRONG_CODES)}
      />
    </FormDialog>
  )
}
