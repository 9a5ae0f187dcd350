// Who may sign in, and as what. Removing a person removes their key; what they did stays in the trail.
import { useState } from 'react'
import type { Role } from '#core/contract/route.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
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

export function People() {
  const query = useRoute('user.list', {})
  const [adding, setAdding] = useState(false)
  const remove = useCommand('user.remove', { done: 'Removed' })
  return (
    <Section title="People" actions={<Button onClick={() => setAdding(true)}>Add person</Button>}>
      <Answer query={query}>
        {({ users }) => (
          <ul className="cw-stack">
            {users.map((user) => (
              <li key={user.id} className="cw-row">
                <strong>{user.name}</strong>
                <span className="cw-muted">
                  {ROLE_LABELS[user.role]}
                  {!user.active && ' · removed'}
                </span>
                {user.active && (
                  <RowButton verb="Remove" of={user.name} onClick={() => remove.mutate({ id: user.id })} />
                )}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      {adding && <AddPerson onClose={() => setAdding(false)} />}
    </Section>
  )
}

const FRESH: { name: string; role: Role; password: string } = { name: '', role: 'front_desk', password: '' }

function AddPerson({ onClose }: { onClose: () => void }) {
  const { field, ...form } = useCommandForm('user.add', {
    scope: null,
    start: FRESH,
    done: 'Person added',
    onSuccess: onClose,
  })
  const { name, password } = form.values
  return (
    <FormDialog
      form={form}
      title="Add person"
      onClose={onClose}
      onSave={() => form.send(form.values)}
      save="Add person"
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
