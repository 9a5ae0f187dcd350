// Whom claim files (837D) name as sender and receiver: the ids a clearinghouse gives an office.
import type { OutputOf } from '#core/contract/index.ts'
import { useRoute } from '../../lib/query.ts'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { PageForm, useCommandForm } from '../../lib/command-form.tsx'

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
  const { field, ...form } = useCommandForm('setting.set', {
    scope: null,
    start: settings.clearinghouse,
    at: 'clearinghouse',
    done: 'Clearinghouse saved',
  })
  return (
    <PageForm
      form={form}
      label="Clearinghouse"
      onSave={() => form.send({ ...settings, clearinghouse: form.values })}
      save="Save"
    >
      <div className="cw-fields">
        <TextField label="Clearinghouse name" {...field('name')} />
        <TextField label="Receiver ID" {...field('receiverId')} hint="Up to 15 characters; empty: the payer’s id" />
        <TextField
          label="Submitter ID"
          {...field('submitterId')}
          hint="Given by the clearinghouse; empty: the office’s tax ID"
        />
        <TextField label="Contact person" {...field('contact')} />
      </div>
      <CheckField
        label="Mark files as test data"
        {...field('isTest')}
        hint="While the clearinghouse tests with you: nothing is paid on test files"
      />
    </PageForm>
  )
}
