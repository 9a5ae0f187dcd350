// What a person chose on a list: view, filters, order, columns. Kept with their drafts, and under names of their own.
import { useDraft } from '../drafts.ts'

interface ListState {
  /** The tab. */
  view: string
  /** Filters and order as the list's route takes them; checked by the screen that reads them. */
  filter: Readonly<Record<string, string>>
  /** Ids of the columns shown; null for the usual ones. */
  columns: readonly string[] | null
}
interface SavedView {
  name: string
  state: ListState
}
interface Stored {
  last: ListState
  saved: readonly SavedView[]
}

export interface ListMemory {
  state: ListState
  change: (part: Partial<ListState>) => void
  saved: readonly SavedView[]
  /** Keeps the present choice under a name; the same name again replaces it. */
  save: (name: string) => void
  remove: (name: string) => void
  /** False until what was kept is here. */
  ready: boolean
}

/** The choice on the list `name`, as it was left. */
export function useListState(name: string, view: string): ListMemory {
  const initial: Stored = { last: { view, filter: {}, columns: null }, saved: [] }
  const [stored, setStored, { ready }] = useDraft<Stored>(`ui.list.${name}`, initial)
  return {
    state: stored.last,
    change: (part) => setStored((now) => ({ ...now, last: { ...now.last, ...part } })),
    saved: stored.saved,
    save: (as) =>
      setStored((now) => ({
        ...now,
        saved: [...now.saved.filter((one) => one.name !== as), { name: as, state: now.last }],
      })),
    remove: (as) => setStored((now) => ({ ...now, saved: now.saved.filter((one) => one.name !== as) })),
    ready,
  }
}
