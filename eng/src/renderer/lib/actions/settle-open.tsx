// What plans left open and no contract takes off: write it off or bill it to the patient; or contest it, or bill another plan.
import { Link } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import { SETTLEMENT_WORDS } from '#core/case/settlement.ts'
import { type Cents, sumCents } from '#core/money.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { DateField, MoneyField, SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { FormDialog, useCommandForm } from '../command-form.tsx'
import { formatMoney, oneLine, personName } from '../format.ts'
import { useCommand, useRoute } from '../query.ts'
import { useToday } from '../use-today.ts'
import { DoTask } from './short-forms.tsx'
import type { ActionProps } from './to-do.ts'

type Open = OutputOf<'settlement.forCase'>
const WAYS = { write_off: 'Write it off', patient: 'Bill the patient' } as const

/** Opens once it is known what is open; from a task, what that task is about. */
export function SettleOpen(props: ActionProps) {
  const { caseView, todo } = props
  const data = useRoute('settlement.forCase', { caseId: caseView.id }).data
  if (!data) return null
  const own = data.open.filter(({ taskIds }) => todo.taskId !== null && taskIds.includes(todo.taskId))
  const open = own.length > 0 ? own : data.open
  return open.length > 0 ? <SettleForm {...props} data={data} open={open} /> : <DoTask {...props} />
}

interface SettleFormProps extends ActionProps {
  data: Open
  open: Open['open']
}

function SettleForm({ todo, caseView, data, open, onClose }: SettleFormProps) {
  const { id: caseId } = caseView
  const undo = useCommand('settlement.takeBack', { done: 'Undone' })
  const start = {
    way: 'write_off' as keyof typeof WAYS,
    on: useToday() as string | null,
    amounts: Object.fromEntries(open.map(({ service, openCents }) => [service, openCents as Cents | null])),
    reason: '',
  }
  const { field, ...form } = useCommandForm('settlement.add', {
    scope: `action:settle:${caseId}:${todo.taskId ?? ''}`,
    start,
    at: 'settlement',
    done: (_, { settlement: { parts, way } }) =>
      `${formatMoney(sumCents(parts.map(({ cents }) => cents)))} ${SETTLEMENT_WORDS[way]}`,
    undo: ({ ids }) => undo.mutate({ ids, reason: 'Undone at once' }),
    onSuccess: onClose,
  })
  const endTask = useCommand('task.complete', { done: 'Task done', onSuccess: onClose })
  const { way, on, amounts, reason } = form.values
  const parts = open.flatMap(({ service }) => {
    const cents = amounts[service] ?? 0
    return cents > 0 ? [{ service, cents }] : []
  })
  const canSend = parts.length > 0 && on !== null && reason.trim().length >= 3
  return (
    <FormDialog
      form={form}
      title={todo.reason || todo.action}
      label="What is open"
      onClose={onClose}
      actions={
        todo.taskId !== null && (
          <Button
            loading={endTask.isPending}
            onClick={() => endTask.mutate({ id: todo.taskId!, done: true, note: reason })}
          >
            Leave it open, task done
          </Button>
        )
      }
      onSave={() => form.send(canSend && { settlement: { caseId, way, on, parts, reason } })}
    >
      <p>
        <strong>{personName(caseView.patient)}</strong>
      </p>
      {data.isWithPayer && (
        <Finding severity="warn">A claim is still with its payer. What it pays is not known yet.</Finding>
      )}
      {way === 'patient' && open.some(({ isContract }) => isContract) && (
        <Finding severity="warn">
          The payer adjusted part of this as CO (contractual). In network, the contract may not let you bill the
          patient. Check it first.
        </Finding>
      )}
      <div className="cw-fields">
        <SelectField label="What to do" {...field('way')} options={WAYS} autoFocus />
        <DateField isPast label="Day" {...field('on', on === null && 'Type the day')} required />
      </div>
      <div className="cw-fields">
        {open.map(({ service, name, openCents, reasons }) => (
          <MoneyField
            key={service}
            label={name}
            hint={oneLine([`${formatMoney(openCents)} open`, reasons.join(', ')])}
            value={amounts[service] ?? null}
            onChange={(cents) => form.set({ amounts: { ...amounts, [service]: cents } })}
            error={form.asked && parts.length === 0 ? 'Type the amount' : undefined}
          />
        ))}
      </div>
      <TextField label="Reason" {...field('reason', reason.trim().length < 3 && 'Say why')} required maxLength={300} />
      <p className="cw-row">
        <span className="cw-muted">Not settled?</span>
        <Link href={paths.case(caseId, 'follow_up')} onClick={onClose}>
          Appeal or correct
        </Link>
        <Link href={paths.case(caseId, 'claim')} onClick={onClose}>
          Bill another plan
        </Link>
      </p>
    </FormDialog>
  )
}
