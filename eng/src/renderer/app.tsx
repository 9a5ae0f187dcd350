// The app: providers, and the gate that shows the sign-in, or what lies behind it.
import { MantineProvider, type MantineColorSchemeManager } from '@mantine/core'
import { QueryClientProvider, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { SignInScreen } from './features/session/sign-in-screen.tsx'
import { askFor } from './lib/cache.ts'
import { onHostEvent } from './lib/client.ts'
import { flushDrafts, setDraftOwner } from './lib/drafts.ts'
import { lockNow } from './lib/lock.ts'
import type { KnownSession } from './lib/session.ts'
import { TodayProvider } from './lib/use-today.ts'
import { styleNonce } from './lib/trusted-types.ts'
import { usePreferences } from './stores/preferences.ts'
import { theme } from './theme.ts'
import { Answer } from './ui/states.tsx'

const schemeManager: MantineColorSchemeManager = {
  get: () => usePreferences.getState().scheme,
  set: (scheme) => usePreferences.getState().setScheme(scheme),
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => usePreferences.getState().setScheme('auto'),
}

/** Everything but the sign-in screen, which stands and takes keys before any of it is read. */
const readInside = () => import('./inside.tsx')
const Inside = lazy(async () => ({ default: (await readInside()).Inside }))

/** The whole UI around a cache; tests give their own. */
export function App({ client }: { client: QueryClient }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={client}>
        <Gate />
      </QueryClientProvider>
    </MantineProvider>
  )
}

const STATUS = askFor('session.status', {})

function useHostEvents(client: QueryClient): void {
  useEffect(
    () =>
      onHostEvent((event) => {
        if (event.type === 'changed')
          void import('./lib/query.ts').then(({ invalidateTopics }) => invalidateTopics(client, event.topics))
        if (event.type === 'lock-soon') void lockNow('system').catch(flushDrafts)
        if (event.type === 'locked') {
          // Hide at once, then forget: nothing of a patient stays in memory behind the lock screen.
          client.setQueryData<KnownSession>(STATUS.queryKey, (now) => now && { ...now, state: 'locked', user: null })
          client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session.status' })
          void client.invalidateQueries({ queryKey: STATUS.queryKey })
        }
      }),
    [client],
  )
}

/** True once something was painted. */
function usePainted(): boolean {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTimeout(() => setPainted(true)))
    return () => cancelAnimationFrame(frame)
  }, [])
  return isPainted
}

function Gate() {
  useHostEvents(useQueryClient())
  const status = useQuery(STATUS)
  setDraftOwner(status.data?.state === 'open' ? (status.data.user?.id ?? null) : null)
  return <Answer query={status}>{(session) => <Entrance session={session} />}</Answer>
}

function Entrance({ session }: { session: KnownSession }) {
  const client = useQueryClient()
  const isPainted = usePainted()
  const askAhead = async () => (await readInside()).askAhead(client)
  const isLocked = session.state === 'locked'
  return (
    <TodayProvider value={session.today}>
      {isLocked && <SignInScreen session={session} onOpen={askAhead} />}
      <Suspense>{(isPainted || !isLocked) && <Inside session={session} />}</Suspense>
    </TodayProvider>
  )
}
