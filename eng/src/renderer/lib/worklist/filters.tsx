// The filters of a worklist as chips on the line of its tabs: the first choice of each narrows nothing.
import { Chip } from '../../ui/chip.tsx'
import type { Options } from '../../ui/fields.tsx'
import { dentistName } from '../format.ts'
import { useRoute } from '../query.ts'
import { useSession } from '../session.ts'
import type { ListMemory } from './list-memory.ts'

/** One filter: the key it sets in the choice, what its first line says that narrows nothing, and what can be chosen. */
export interface Filter {
  key: string
  label: string
  every: string
  options: Options
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
      every: 'All payers',
      options: payers.map((payer) => ({ value: payer.id, label: payer.name })),
    },
    {
      key: 'providerId',
      label: 'Dentist',
      every: 'All dentists',
      options: providers.map((one) => ({ value: one.id, label: dentistName(one) })),
    },
    {
      key: 'assignee',
      label: 'Assigned',
      every: 'Everybody',
      options: [
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
    <div className="cw-row">
      {saved.length > 0 && (
        <Chip
          label="Saved view"
          value={saved.find(isSame)?.name ?? ''}
          onChange={(name) => {
            const view = saved.find((one) => one.name === name)
            if (view) change(view.state)
          }}
          options={saved.map(({ name }) => ({ value: name, label: name }))}
          every="Saved views"
        />
      )}
      {filters.map(({ key, ...filter }) => (
        <Chip key={key} {...filter} value={state.filter[key] ?? ''} onChange={(value) => set(key, value)} />
      ))}
    </div>
  )
}
