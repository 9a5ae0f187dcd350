// The app: providers, and the gate that shows set-up, sign-in, damaged data or the frame.
import { MantineProvider, type MantineColorSchemeManager } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Route, Router, Switch } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { Frame } from './features/frame/frame.tsx'
import { DamagedScreen } from './features/session/damaged-screen.tsx'
import { SetupScreen } from './features/session/setup-screen.tsx'
import { SignInScreen } from './features/session/sign-in-screen.tsx'
import { onHostEvent } from './lib/client.ts'
import { flushDrafts, setDraftOwner } from './lib/drafts.ts'
import { invalidateTopics, useRoute } from './lib/query.ts'
import { lockNow, type KnownSession } from './lib/session.ts'
import { TodayProvider } from './lib/today.ts'
import { styleNonce } from './lib/trusted-types.ts'
import { usePreferences } from './stores/preferences.ts'
import { paths } from './paths.ts'
import { theme } from './theme.ts'
import { Answer } from './ui/states.tsx'

const schemeManager: MantineColorSchemeManager = {
  get: () => usePreferences.getState().scheme,
  set: (scheme) => usePreferences.getState().setScheme(scheme),
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => usePreferences.getState().setScheme('auto'),
}

/** Needs no host; left out of production builds. */
const Gallery = import.meta.env.DEV ? lazy(() => import('./gallery/gallery-screen.tsx')) : null

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
        {/* oxlint-disable-next-line react/hooks -- wouter takes its location hook as a value */}
        <Router hook={useHashLocation}>
          <Notifications position="bottom-right" limit={4} />
          <Suspense>
            <Switch>
              {Gallery && <Route path={paths.gallery} component={Gallery} />}
              <Route component={Gate} />
            </Switch>
          </Suspense>
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  )
}

const STATUS_KEY = ['session.status', {}]

function useHostEvents(client: QueryClient): void {
  useEffect(
    () =>
      onHostEvent((event) => {
        if (event.type === 'changed') void invalidateTopics(client, event.topics)
        if (event.type === 'lock-soon') void lockNow('system').catch(flushDrafts)
        if (event.type === 'locked') {
          // Hide at once, then forget: nothing of a patient stays in memory behind the lock screen.
          client.setQueryData<KnownSession>(STATUS_KEY, (now) => now && { ...now, state: 'locked', user: null })
          client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session.status' })
          void client.invalidateQueries({ queryKey: STATUS_KEY })
        }
      }),
    [client],
  )
}

function Gate() {
  useHostEvents(useQueryClient())
  const status = useRoute('session.status', {})
  const owner = status.data?.state === 'open' ? (status.data.user?.id ?? null) : null
  setDraftOwner(owner)
  return (
    <Answer query={status}>
      {(session) => (
        <TodayProvider value={session.today}>
          {session.state === 'open' && <Frame key={owner} />}
          {session.state === 'locked' && <SignInScreen session={session} />}
          {session.state === 'setup' && <SetupScreen session={session} />}
          {session.state === 'damaged' && <DamagedScreen session={session} />}
        </TodayProvider>
      )}
    </Answer>
  )
}
