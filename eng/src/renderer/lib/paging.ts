// A list read page by page: shows the pages fetched so far, asks for the next one at its end.
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import type { InputOf, OutputOf, RouteName } from '#core/contract/index.ts'
import type { AppError } from '#core/errors.ts'
import { call } from './client.ts'

/** Routes that answer `{ next }` and take `after`. */
type PagedRoute = {
  [Name in RouteName]: OutputOf<Name> extends { next: string | null }
    ? InputOf<Name> extends { after?: string | null | undefined }
      ? Name
      : never
    : never
}[RouteName]

/** `input` without `after`. The key starts with the route's name, so announced topics refresh it as any other query. */
export function pagesOf<Name extends PagedRoute>(name: Name, input: Omit<InputOf<Name>, 'after'>) {
  return infiniteQueryOptions<OutputOf<Name>, AppError, { pages: OutputOf<Name>[] }, readonly unknown[], string | null>(
    {
      queryKey: [name, input, 'pages'],
      queryFn: ({ pageParam }) => call(name, { ...input, after: pageParam } as unknown as InputOf<Name>),
      initialPageParam: null,
      getNextPageParam: (last) => (last as { next: string | null }).next,
    },
  )
}

/** The pages, and what the table that shows them needs: `<DataTable {...list} />`. */
export function usePages<Name extends PagedRoute>(name: Name, input: Omit<InputOf<Name>, 'after'>) {
  const query = useInfiniteQuery({ ...pagesOf(name, input), placeholderData: (before) => before })
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
  }
  const list = {
    error: query.error,
    onRetry: () => void query.refetch(),
    loading: query.isPending,
    onEnd: more,
  }
  return { pages: query.data?.pages ?? [], list }
}

/** Every page of a list one after the other: for CSV. */
export async function allPages<Name extends PagedRoute>(
  name: Name,
  input: Omit<InputOf<Name>, 'after'>,
): Promise<OutputOf<Name>[]> {
  const pages: OutputOf<Name>[] = []
  for (let after: string | null = null; ;) {
    const page: OutputOf<Name> = await call(name, { ...input, after } as unknown as InputOf<Name>)
    pages.push(page)
    after = (page as { next: string | null }).next
    if (after === null) return pages
  }
}
