// The cache of answers, without what the screens behind the sign-in need of it: no contract, no schemas.
import { QueryClient } from '@tanstack/react-query'
import type { InputOf, OutputOf, RouteName } from '#core/contract/index.ts'
import { call } from './client.ts'

/** A fresh cache. Offline is the normal state here, so requests never wait for a network; nothing is retried. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, staleTime: Infinity, refetchOnWindowFocus: false },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** How a route is read and under which key its answer is kept. */
export function askFor<Name extends RouteName>(name: Name, input: InputOf<Name>) {
  return { queryKey: [name, input], queryFn: (): Promise<OutputOf<Name>> => call(name, input) }
}
