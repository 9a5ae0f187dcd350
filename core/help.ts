// The help pages that are shipped: one for each screen, in the words of a front desk.
import * as z from 'zod'

export const HelpPage = z.strictObject({
  /** Of the screen: the first part of its address, `case` for one case. */
  id: z.string(),
  title: z.string(),
  what: z.string(),
  do: z.array(z.string()),
  keys: z.array(z.strictObject({ keys: z.string(), does: z.string() })),
  /** What else somebody may look for. */
  words: z.array(z.string()),
})
export type HelpPage = z.infer<typeof HelpPage>

/** The page for an address: `/cases/1/claim` → `case`. */
export function helpFor(path: string): string {
  const [place = 'today', id] = path.split('/').filter(Boolean)
  if (place === 'cases' && id) return id === 'new' ? 'new-case' : 'case'
  return place === 'huddle' ? 'calendar' : place
}

/** Pages that carry every word typed, those that are called so first. */
export function findHelp(pages: readonly HelpPage[], text: string): HelpPage[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const all = (page: HelpPage) =>
    [page.title, page.what, ...page.do, ...page.words, ...page.keys.flatMap(({ keys, does }) => [keys, does])].join(' ')
  const named = pages.filter(({ title }) => holds(title))
  return [...named, ...pages.filter((page) => !named.includes(page) && holds(all(page)))]
}
