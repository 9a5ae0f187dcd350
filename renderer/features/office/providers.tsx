// The dentists: NPI, license, taxonomy; a dentist who left is kept, inactive.
import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import type { Provider } from '#core/office.ts'
import { dentistName } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'

const ProviderImportDialog = lazy(() => import('./import/provider-import-dialog.tsx'))

export function Providers() {
  const [path, go] = useLocation()
  const query = useRoute('provider.list', {})
  const canWork = useCan('work')
  const [editing, setEditing] = useState<Provider | 'new' | null>(null)
  return (
    <Section
      title="Dentists"
      actions={
        canWork && (
          <>
            <Button onClick={() => go(paths.importDentists)}>Import dentists</Button>
            <Button onClick={() => setEditing('new')}>Add dentist</Button>
          </>
        )
      }
    >
      <Answer query={query}>
        {({ providers }) =>
          providers.length === 0 ? (
            <EmptyState title="No dentist yet">A claim names the treating dentist.</EmptyState>
          ) : (
            <ul className="cw-stack">
              {providers.map((one) => (
                <li key={one.id} className="cw-row">
                  <strong>{dentistName(one)}</strong>
                  <span className="cw-muted">
                    NPI {one.npi || 'missing'} · license {one.license || 'missing'} · {one.taxonomy}
                    {!one.active && ' · inactive'}
                  </span>
                  {canWork && <RowButton verb="Edit" of={`Dr. ${one.lastName}`} onClick={() => setEditing(one)} />}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {path === paths.importDentists && canWork && (
        <Suspense>
          <ProviderImportDialog onClose={() => go(paths.settingsOf('dentists'))} />
        </Suspense>
      )}
      {editing && (
        <ProviderDialog
          key={editing === 'new' ? 'new' : editing.id}
          provider={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  )
}

function ProviderDialog({ provider, onClose }: { provider: Provider | null; onClose: () => void }) {
  const { field, ...form } = useCommandForm(provider ? 'provider.update' : 'provider.add', {
    scope: null,
    start: {
      firstName: provider?.firstName ?? '',
      lastName: provider?.lastName ?? '',
      npi: provider?.npi ?? '',
      license: provider?.license ?? '',
      taxonomy: provider?.taxonomy ?? '122300000X',
      active: provider?.active ?? true,
    },
    at: 'provider',
    done: provider ? 'Dentist saved' : 'Dentist added',
    onSuccess: onClose,
  })
  const { active, ...values } = form.values
  const save = () =>
    form.send(
      provider ? { id: provider.id, version: provider.version, provider: values, active } : { provider: values },
    )
  return (
    <FormDialog
      form={form}
      title={provider ? 'Edit dentist' : 'Add dentist'}
      label="Dentist"
      onClose={onClose}
      onSave={save}
    >
      <div className="cw-fields">
        <TextField label="First name" {...field('firstName')} required autoFocus />
        <TextField label="Last name" {...field('lastName')} required />
        <TextField label="NPI" {...field('npi')} />
        <TextField label="License" {...field('license')} />
        <TextField label="Taxonomy" {...field('taxonomy')} hint="122300000X any dentist, 1223E0200X endodontist" />
        {provider && <CheckField label="Works here" {...field('active')} />}
      </div>
    </FormDialog>
  )
}
