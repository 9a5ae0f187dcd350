// Whom claim files (837D) name as sender and receiver: the ids a clearinghouse gives an office.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'

type Settings = OutputOf<'setting.get'>

export function Clearinghouse() {
  const settings = useRoute('setting.get', {})
  return (
    <Section title="Clearinghouse" note="for claim files (837D)">
      <Answer query={settings}>{(data) => <Fields key={JSON.stringify(data)} settings={data} />}</Answer>
    </Section>
  )
}

function Fields({ settings }: { settings: Settings }) {
  const [values, setValues] = useState(settings.clearinghouse)
  const save = useCommand('setting.set', { done: 'Clearinghouse saved' })
  const set = (change: Partial<typeof values>) => setValues({ ...values, ...change })
  return (
    <Form
      label="Clearinghouse"
      onSubmit={() => save.mutate({ ...settings, clearinghouse: values })}
      busy={save.isPending}
    >
      <div className="cw-fields">
        <TextField label="Clearinghouse name" value={values.name} onChange={(name) => set({ name })} />
        <TextField
          label="Receiver id"
          value={values.receiverId}
          onChange={(receiverId) => set({ receiverId })}
          hint="Up to 15 characters; empty: the payer’s id"
        />
        <TextField
          label="Submitter id"
          value={values.submitterId}
          onChange={(submitterId) => set({ submitterId })}
          hint="Given by the clearinghouse; empty: the office’s tax id"
        />
        <TextField label="Contact person" value={values.contact} onChange={(contact) => set({ contact })} />
      </div>
      <CheckField
        label="Mark files as test data"
        value={values.isTest}
        onChange={(isTest) => set({ isTest })}
        hint="While the clearinghouse tests with you: nothing is paid on test files"
      />
      <Button type="submit" loading={save.isPending}>
        Save
      </Button>
    </Form>
  )
}
