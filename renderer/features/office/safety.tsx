// Own password and PIN, automatic lock, reminders, and the days the office is closed.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import { parseDate } from '#core/dates.ts'
import { pinProblem } from '#core/pin.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { formatDate } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { wholeNumber } from '../../lib/whole-number.ts'
import { CheckField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { PageForm, useCommandForm } from '../../lib/command-form.tsx'
import { ExportEverything } from './leave.tsx'

export function Safety() {
  const canManage = useCan('manage')
  const settings = useRoute('setting.get', {})
  return (
    <>
      <Section title="Password, lock, reminders, holidays">
        <ChangePassword />
        <PinOfToday />
        <OpenAtSignIn />
        {canManage && <NewRecoveryCode />}
        {canManage && <AutoLock />}
        {canManage && (
          <Answer query={settings}>
            {(data) => (
              <div className="cw-stack" key={JSON.stringify(data)}>
                <AllowPins allowed={data.allowPins} />
                <Reminders settings={data} />
                <Holidays settings={data} />
              </div>
            )}
          </Answer>
        )}
      </Section>
      {canManage && <ExportEverything />}
    </>
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
    <PageForm
      form={form}
      label="Change password"
      onSave={() => form.send(form.values)}
      save="Change password"
      disabled={password === '' || newPassword === ''}
    >
      <div className="cw-fields">
        <PasswordField label="Current password" {...field('password')} />
        <PasswordField
          label="New password"
          {...field('newPassword')}
          fresh
          hint="At least 15 characters: three or four unrelated words"
        />
      </div>
    </PageForm>
  )
}

/** Quick switch on a shared PC, for the rest of the day. */
function PinOfToday() {
  const settings = useRoute('setting.get', {})
  const { field, ...form } = useCommandForm('session.setPin', {
    scope: null,
    start: { password: '', pin: '' },
    done: 'Saved: the lock screen takes it until midnight',
  })
  const { password, pin } = form.values
  if (!settings.data?.allowPins) return null
  return (
    <PageForm
      form={form}
      label="Quick switch"
      onSave={() => form.send(pinProblem(pin) === null && form.values)}
      save="Use this PIN today"
      disabled={password === '' || pin === ''}
    >
      <div className="cw-fields">
        <PasswordField
          label="PIN for today"
          {...field('pin', pinProblem(pin) ?? false)}
          digits
          hint="6 to 12 digits, to switch on this computer. It ends at midnight, when Claimwright closes, and at the third wrong try"
        />
        <PasswordField label="Your password, for the PIN" {...field('password')} />
      </div>
    </PageForm>
  )
}

/** A setting of the system for whoever is signed in to it; where it knows none, there is nothing to see. */
function OpenAtSignIn() {
  const { data } = useRoute('shell.startup', {})
  const set = useCommand('shell.setStartup')
  if (typeof data?.on !== 'boolean') return null
  return (
    <CheckField
      label="Open Claimwright when I sign in to this computer"
      value={data.on}
      onChange={(on) => set.mutate({ on })}
      hint="For your account of the computer only"
    />
  )
}

function AllowPins({ allowed }: { allowed: boolean }) {
  const allow = useCommand('session.allowPins')
  return (
    <CheckField
      label="People may switch by a PIN for the day"
      value={allowed}
      onChange={(next) => allow.mutate({ allowed: next })}
      hint="Kept in memory only, after a sign-in with the password. Switching this off ends every PIN"
    />
  )
}

/** Asks for the password, shows the code, and takes it once it was typed back; the one before it ends then. */
function NewRecoveryCode() {
  const [code, setCode] = useState('')
  const ask = useCommandForm('session.newRecoveryCode', {
    scope: null,
    start: { password: '' },
    onSuccess: ({ recoveryCode }) => setCode(recoveryCode),
  })
  const confirm = useCommandForm('session.confirmRecovery', {
    scope: null,
    start: { recoveryCode: '' },
    done: 'The new recovery code is valid; the old one has ended',
    onSuccess: () => setCode(''),
  })
  if (code === '')
    return (
      <PageForm
        form={ask}
        label="New recovery code"
        onSave={() => ask.send(ask.values)}
        save="Make a new recovery code"
        disabled={ask.values.password === ''}
      >
        <PasswordField label="Your password" {...ask.field('password')} hint="For a code that was lost or seen" />
      </PageForm>
    )
  return (
    <PageForm
      form={confirm}
      label="New recovery code"
      onSave={() => confirm.send(confirm.values)}
      save="Use this code from now on"
      disabled={confirm.values.recoveryCode.trim() === ''}
    >
      <p>
        Write it down and keep it away from this computer: <strong data-recovery-code>{code}</strong>
      </p>
      <TextField label="Type it from the paper" {...confirm.field('recoveryCode')} />
    </PageForm>
  )
}

function AutoLock() {
  const { autoLockMinutes } = useSession()
  const start = { minutes: String(autoLockMinutes) }
  const { field, ...form } = useCommandForm('session.setAutoLock', { scope: null, start, done: 'Saved' })
  const minutes = wholeNumber(form.values.minutes, 1, 60)
  return (
    <PageForm
      form={form}
      label="Automatic lock"
      onSave={() => form.send(minutes ? { minutes } : null)}
      save="Save"
      disabled={!minutes}
    >
      <TextField
        label="Lock after minutes of inactivity"
        {...field('minutes')}
        inputMode="numeric"
        error={minutes ? undefined : '1 to 60'}
      />
    </PageForm>
  )
}

/** When an answer gets old, and the message of the morning. */
function Reminders({ settings }: { settings: OutputOf<'setting.get'> }) {
  const start = { days: String(settings.needStaleDays), morningNotice: settings.morningNotice }
  const { field, ...form } = useCommandForm('setting.set', { scope: null, start, done: 'Reminders saved' })
  const { days, morningNotice } = form.values
  const needStaleDays = wholeNumber(days, 1, 1000)
  return (
    <PageForm
      form={form}
      label="Reminders"
      onSave={() => form.send(needStaleDays ? { ...settings, needStaleDays, morningNotice } : null)}
      save="Save reminders"
      disabled={!needStaleDays}
    >
      <TextField
        label="Ask again whether an authorization is needed after (days)"
        {...field('days')}
        inputMode="numeric"
        error={needStaleDays ? undefined : '1 to 1000'}
      />
      <CheckField
        label="Once a morning, say how many authorizations need a touch"
        {...field('morningNotice')}
        hint="A desktop notification: a count, no names"
      />
    </PageForm>
  )
}

function Holidays({ settings }: { settings: OutputOf<'setting.get'> }) {
  const today = useToday()
  const start = { text: settings.holidays.map(formatDate).join('\n') }
  const { field, ...form } = useCommandForm('setting.set', { scope: null, start, done: 'Holidays saved' })
  const lines = form.values.text.split('\n').filter((line) => line.trim() !== '')
  const dates = lines.map((line) => parseDate(line.trim(), today))
  const wrong = lines.filter((_, index) => dates[index] === null)
  return (
    <PageForm
      form={form}
      label="Holidays"
      onSave={() => form.send(wrong.length === 0 && { ...settings, holidays: dates.flatMap((date) => date ?? []) })}
      save="Save holidays"
      disabled={wrong.length > 0}
    >
      <TextAreaField
        label="Days the office is closed, one a line"
        {...field('text')}
        rows={4}
        error={wrong.length > 0 ? `Not a date: ${wrong[0]?.trim()}` : undefined}
        hint="Business-day clocks skip them"
      />
    </PageForm>
  )
}
