// Who may sign in, and as what. Removing a person removes their key; what they did stays in the trail.
import { useState } from 'react'
import { ROLES, type Role } from '#core/contract/route.ts'
import { explainError, useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { PasswordField, SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'

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
                  <Button variant="subtle" onClick={() => remove.mutate({ id: user.id })} label={`Remove ${user.name}`}>
                    Remove
                  </Button>
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

function AddPerson({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('front_desk')
  const [password, setPassword] = useState('')
  const add = useCommand('user.add', {
    done: 'Person added',
    expected: ['WEAK_PASSWORD', 'REFUSED'],
    onSuccess: onClose,
  })
  return (
    <Dialog open onClose={onClose} title="Add person">
      <Form onSubmit={() => add.mutate({ name, role, password })} label="Add person" busy={add.isPending}>
        <TextField label="Name" value={name} onChange={setName} required autoFocus />
        <SelectField
          label="Role"
          value={role}
          onChange={(value) => value && setRole(value)}
          options={ROLES.map((value) => ({ value, label: ROLE_LABELS[value] }))}
        />
        <PasswordField
          label="First password"
          value={password}
          onChange={setPassword}
          fresh
          hint="At least 15 characters; they can change it after signing in"
        />
        {add.error && <Finding severity="block">{explainError(add.error)}</Finding>}
        <Actions>
          <Button
            type="submit"
            variant="filled"
            loading={add.isPending}
            disabled={name.trim() === '' || password === ''}
          >
            Add person
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
