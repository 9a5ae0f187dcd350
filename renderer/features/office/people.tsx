// Who may sign in, and as what. Removing a person removes their key; what they did stays in the trail.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import type { Role } from '#core/contract/route.ts'
import { useRoute } from '../../lib/query.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'

const ROLE_LABELS: Record<Role, string> = {
  owner: 'Owner',
  dentist: 'Dentist',
  front_desk: 'Front desk',
  auditor: 'Auditor (reads only)',
}

type Person = OutputOf<'user.list'>['users'][number]
type Change = 'role' | 'password' | 'remove' | 'again'

export function People() {
  const query = useRoute('user.list', {})
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState<{ user: Person; what: Change } | null>(null)
  const close = () => setChanging(null)
  return (
    <Section title="People" actions={<Button onClick={() => setAdding(true)}>Add person</Button>}>
      <Answer query={query}>
        {({ users }) => (
          <>
            <ul className="cw-stack">
              {users.map((user) => (
                <li key={user.id} className="cw-row">
                  <strong>{user.name}</strong>
                  <span className="cw-muted">
                    {ROLE_LABELS[user.role]}
                    {!user.active && ' · cannot sign in'}
                  </span>
                  {!user.active && (
                    <RowButton
                      verb="Let in again"
                      of={user.name}
                      onClick={() => setChanging({ user, what: 'again' })}
                    />
                  )}
                  {user.active && (
                    <>
                      <RowButton verb="Role" of={user.name} onClick={() => setChanging({ user, what: 'role' })} />
                      <RowButton
                        verb="New password"
                        of={user.name}
                        onClick={() => setChanging({ user, what: 'password' })}
                      />
                      <RowButton verb="Remove" of={user.name} onClick={() => setChanging({ user, what: 'remove' })} />
                    </>
                  )}
                </li>
              ))}
            </ul>
            {changing?.what === 'role' && <ChangeRole user={changing.user} onClose={close} />}
            {changing?.what === 'password' && <ResetPassword user={changing.user} onClose={close} />}
            {changing?.what === 'again' && <AddPerson again={changing.user} onClose={close} />}
            {changing?.what === 'remove' && <RemovePerson user={changing.user} users={users} onClose={close} />}
          </>
        )}
      </Answer>
      {adding && <AddPerson onClose={() => setAdding(false)} />}
    </Section>
  )
}

interface ChangeProps {
  user: Person
  onClose: () => void
}

function ChangeRole({ user, onClose }: ChangeProps) {
  const { field, ...form } = useCommandForm('user.setRole', {
    scope: null,
    start: { role: user.role },
    done: 'Role changed',
    onSuccess: onClose,
  })
  return (
    <FormDialog
      form={form}
      title={`Role of ${user.name}`}
      onClose={onClose}
      onSave={() => form.send({ id: user.id, role: form.values.role })}
      save="Change role"
      disabled={form.values.role === user.role}
    >
      <SelectField label="Role" {...field('role')} options={ROLE_LABELS} hint="They sign in again with it" />
    </FormDialog>
  )
}

function ResetPassword({ user, onClose }: ChangeProps) {
  const { field, ...form } = useCommandForm('user.resetPassword', {
    scope: null,
    start: { password: '' },
    done: 'Password set',
    onSuccess: onClose,
  })
  const { password } = form.values
  return (
    <FormDialog
      form={form}
      title={`New password for ${user.name}`}
      onClose={onClose}
      onSave={() => form.send({ id: user.id, password })}
      save="Set password"
      disabled={password === ''}
    >
      <PasswordField
        label="New password"
        {...field('password')}
        fresh
        hint="At least 15 characters; they are signed out and can change it after signing in"
      />
    </FormDialog>
  )
}

const NOBODY = 'nobody'

function RemovePerson({ user, users, onClose }: ChangeProps & { users: readonly Person[] }) {
  const { field, ...form } = useCommandForm('user.remove', {
    scope: null,
    start: { to: NOBODY },
    done: 'Removed',
    onSuccess: onClose,
  })
  const to = users.find(({ id }) => id === form.values.to)?.id ?? null
  const others = users.filter(({ id, active }) => active && id !== user.id)
  const options = [
    { value: NOBODY, label: 'Nobody' },
    ...others.map(({ id, name }): { value: string; label: string } => ({ value: id, label: name })),
  ]
  return (
    <FormDialog
      form={form}
      title={`Remove ${user.name}`}
      onClose={onClose}
      onSave={() => form.send({ id: user.id, to })}
      save="Remove"
    >
      <p>They cannot sign in any more. What they did stays in the audit trail.</p>
      {user.openWork > 0 && (
        <SelectField label={`Give their open work (${user.openWork}) to`} {...field('to')} options={options} />
      )}
    </FormDialog>
  )
}

const FRESH: { name: string; role: Role; password: string } = { name: '', role: 'front_desk', password: '' }

/** @param again somebody who was here before, or came with an export: what they did stays theirs */
function AddPerson({ again, onClose }: { again?: Person; onClose: () => void }) {
  const { field, ...form } = useCommandForm('user.add', {
    scope: null,
    start: again ? { ...FRESH, name: again.name, role: again.role } : FRESH,
    done: again ? 'They can sign in again' : 'Person added',
    onSuccess: onClose,
  })
  const { name, password } = form.values
  return (
    <FormDialog
      form={form}
      title={again ? `Let ${again.name} in again` : 'Add person'}
      onClose={onClose}
      onSave={() => form.send({ ...form.values, as: again?.id ?? null })}
      save={again ? 'Let them in' : 'Add person'}
      disabled={name.trim() === '' || password === ''}
    >
      <TextField label="Name" {...field('name')} required autoFocus />
      <SelectField label="Role" {...field('role')} options={ROLE_LABELS} />
      <PasswordField
        label="First password"
        {...field('password')}
        fresh
        hint="At least 15 characters; they can change it after signing in"
      />
    </FormDialog>
  )
}
