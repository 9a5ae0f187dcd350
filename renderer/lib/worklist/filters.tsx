// The filters above a worklist: each names what it narrows, "All" is its first choice.
import { SelectField } from '../../ui/fields.tsx'
import { useRoute } from '../query.ts'
import { useSession } from '../session.ts'
import type { ListMemory } from './list-memory.ts'

/** One filter: the key it sets in the choice, and what can be chosen; the first option has the value ''. */
export interface Filter {
  key: string
  label: string
  options: readonly { value: string; label: string }[]
}

/** Payer, dentist and person: every list has them. */
export function usePeopleFilters(): Filter[] {
  const { users } = useSession()
  const payers = useRoute('payer.list', {}).data?.payers ?? []
  const providers = useRoute('provider.list', {}).data?.providers ?? []
  return [
    {
      key: 'payerId',
      label: 'Payer',
      options: [
        { value: '', label: 'All payers' },
        ...payers.map((payer) => ({ value: payer.id as string, label: payer.name })),
      ],
    },
    {
      key: 'providerId',
      label: 'Dentist',
      options: [
        { value: '', label: 'All dentists' },
        ...providers.map((one) => ({ value: one.id as string, label: `Dr. ${one.firstName} ${one.lastName}` })),
      ],
    },
    {
      key: 'assignee',
      label: 'Assigned',
      options: [
        { value: '', label: 'Everybody' },
        { value: 'me', label: 'Mine' },
        { value: 'none', label: 'Nobody' },
        ...users.map((user) => ({ value: user.id as string, label: user.name })),
      ],
    },
  ]
}

export function FilterBar({ memory, filters }: { memory: ListMemory; filters: readonly Filter[] }) {
  const { state, saved, change } = memory
  const set = (key: string, value: string) => {
    const { [key]: _, ...others } = state.filter
    change({ filter: value === '' ? others : { ...others, [key]: value } })
  }
  const isSame = (view: (typeof saved)[number]) => JSON.stringify(view.state) === JSON.stringify(state)
  return (
    <div className="cw-filters">
      {saved.length > 0 && (
        <SelectField
          label="Saved view"
          value={saved.find(isSame)?.name ?? ''}
          onChange={(name) => {
            const view = saved.find((one) => one.name === name)
            if (view) change(view.state)
          }}
          options={[{ value: '', label: '–' }, ...saved.map(({ name }) => ({ value: name, label: name }))]}
        />
      )}
      {filters.map(({ key, label, options }) => (
        <SelectField
          key={key}
          label={label}
          value={state.filter[key] ?? ''}
          onChange={(value) => set(key, value)}
          options={[...options]}
        />
      ))}
    </div>
  )
}
