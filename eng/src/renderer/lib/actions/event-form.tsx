// A request, a claim, an appeal goes on by the same short form: when, how it was sent, why in spite of gaps, a note.
import type { ReactNode } from 'react'
import type { Channel } from '#core/authorization/schema.ts'
import type { IsoDate } from '#core/dates.ts'
import { type CommandForm, FormDialog } from '../command-form.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField, SelectField, TextAreaField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { CHANNELS } from '../channels.ts'

export interface EventValues {
  on: IsoDate | null
  channel: Channel
  /** Why it goes in spite of what is open. */
  reason: string
  note: string
}

interface EventFormProps {
  form: CommandForm<EventValues>
  title: string
  label: string
  size?: 'md' | 'xl'
  onClose: () => void
  /** With the date, once nothing is missing. */
  onSave: (on: IsoDate) => void
  dateLabel: string
  noteLabel: string
  /** It goes out: by which channel? */
  isSent: boolean
  /** What is still open, as sentences. */
  open?: readonly string[]
  needsReason: boolean
  reasonLabel?: string
  /** What the button says that saves it. */
  save?: string
  /** The ways it leaves, above the fields. */
  papers?: ReactNode
  /** Further fields of this event, beside the date. */
  fields?: ReactNode
  /** Below the fields. */
  children?: ReactNode
}

/** Asks just what the event needs. */
export function EventForm(props: EventFormProps) {
  const { form, onClose, onSave, isSent, open = [], needsReason } = props
  const { on, reason } = form.values
  const isGiven = !needsReason || reason.trim() !== ''
  const save = () => {
    form.ask()
    if (on && isGiven) onSave(on)
  }
  return (
    <FormDialog
      form={form}
      title={props.title}
      label={props.label}
      size={props.size ?? 'md'}
      onClose={onClose}
      onSave={save}
      {...(props.save && { save: props.save })}
      actions={<Button onClick={onClose}>Cancel</Button>}
    >
      {props.papers}
      <div className="cw-fields">
        {isSent && <SelectField label="Sent by" {...form.field('channel')} options={CHANNELS} autoFocus />}
        <DateField
          isPast
          label={props.dateLabel}
          {...form.field('on', !on && 'Type a date')}
          required
          autoFocus={!isSent}
        />
        {props.fields}
      </div>
      {props.children}
      {open.map((words) => (
        <Finding key={words} severity="warn">
          {words}
        </Finding>
      ))}
      {needsReason && (
        <TextAreaField
          label={props.reasonLabel ?? 'Reason for sending it as it is'}
          {...form.field('reason', !isGiven && 'Write a short reason; it is kept with your name')}
          rows={1}
          limit={500}
          required
        />
      )}
      <TextAreaField label={props.noteLabel} {...form.field('note')} rows={2} limit={500} />
    </FormDialog>
  )
}
