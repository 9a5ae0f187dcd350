// Own password, automatic lock, reminders, and the days the office is closed.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import { parseDate } from '#core/dates.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { formatDate } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session.ts'
import { useToday } from '../../lib/today.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { FormProblem, useCommandForm } from '../../lib/command-form.tsx'

export function Safety() {
  const canManage = useCan('manage')
  const settings = useRoute('setting.get', {})
  return (
    <Section title="Password, lock, reminders, holidays">
      <ChangePassword />
      {canManage && <AutoLock />}
      {canManage && (
        <Answer query={settings}>
          {(data) => (
            <div className="cw-stack" key={JSON.stringify(data)}>
              <Reminders settings={data} />
              <Holidays settings={data} />
            </div>
          )}
        </Answer>
      )}
    </Section>
  )
}

function ChangePassword() {
  const { field, ...form } = useCommandForm('session.changePassword', {
    scope: null,
    start: { password: '', newPassword: '' },
    done: 'Password changed',
  })
  const { password, newPassword } = form.values
  return (
    <Form onSubmit={() => form.send(form.values)} label="Change password" busy={form.busy}>
      <div className="cw-fields">
        <PasswordField label="Present password" {...field('password')} />
        <PasswordField
          label="New password"
          {...field('newPassword')}
          fresh
          hint="At least 15 characters: three or four unrelated words"
        />
      </div>
      <FormProblem form={form} />
      <Button type="submit" disabled={password === '' || newPassword === ''} loading={form.busy}>
        Change password
      </Button>
    </Form>
  )
}

function AutoLock() {
  const { autoLockMinutes } = useSession()
  const [text, setText] = useState(String(autoLockMinutes))
  const set = useCommand('session.setAutoLock', { done: 'Saved' })
  const minutes = /^\d{1,2}$/.test(text) ? Number(text) : 0
  const valid = minutes >= 1 && minutes <= 60
  return (
    <Form onSubmit={() => valid && set.mutate({ minutes })} label="Automatic lock" busy={set.isPending}>
      <TextField
        label="Lock after minutes without a key"
        value={text}
        onChange={setText}
        inputMode="numeric"
        error={valid ? undefined : '1 to 60'}
      />
      <Button type="submit" disabled={!valid}>
        Save
      </Button>
    </Form>
  )
}

/** When an answer gets old, and the message of the morning. */
function Reminders({ settings }: { settings: OutputOf<'setting.get'> }) {
  const [days, setDays] = useState(String(settings.needStaleDays))
  const [notice, setNotice] = useState(settings.morningNotice)
  const save = useCommand('setting.set', { done: 'Reminders saved' })
  const needStaleDays = Number(days)
  const valid = /^\d{1,4}$/.test(days) && needStaleDays >= 1 && needStaleDays <= 1000
  return (
    <Form
      onSubmit={() => valid && save.mutate({ ...settings, needStaleDays, morningNotice: notice })}
      label="Reminders"
      busy={save.isPending}
    >
      <TextField
        label="Ask again whether an authorization is needed after (days)"
        value={days}
        onChange={setDays}
        inputMode="numeric"
        error={valid ? undefined : '1 to 1000'}
      />
      <CheckField
        label="Once a morning, say how many authorizations need a touch"
        value={notice}
        onChange={setNotice}
        hint="A message of the computer: a count, no names"
      />
      <Button type="submit" disabled={!valid}>
        Save reminders
      </Button>
    </Form>
  )
}

function Holidays({ settings }: { settings: OutputOf<'setting.get'> }) {
  const today = useToday()
  const [text, setText] = useState(settings.holidays.map(formatDate).join('\n'))
  const save = useCommand('setting.set', { done: 'Holidays saved' })
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const dates = lines.map((line) => parseDate(line, today))
  const wrong = lines.filter((_, index) => dates[index] === null)
  return (
    <Form
      onSubmit={() => wrong.length === 0 && save.mutate({ ...settings, holidays: dates.flatMap((date) => date ?? []) })}
      label="Holidays"
      busy={save.isPending}
    >
      <TextAreaField
        label="Days the office is closed, one a line"
        value={text}
        onChange={setText}
        rows={4}
        error={wrong.length > 0 ? `Not a date: ${wrong[0]}` : undefined}
        hint="Business-day clocks skip them"
      />
      <Button type="submit" disabled={wrong.length > 0}>
        Save holidays
      </Button>
    </Form>
  )
}
