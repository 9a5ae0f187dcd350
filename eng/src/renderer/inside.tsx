// What lies behind the sign-in screen: set-up, damaged data, the frame, messages. Loaded while somebody types a password.
import type { QueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Route, Router, Switch } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { Frame } from './features/frame/frame.tsx'
import { DamagedScreen } from './features/session/damaged-screen.tsx'
import { SetupScreen } from './features/session/setup-screen.tsx'
import { Toasts } from './lib/notify.tsx'
import { askToday } from './features/today/today-screen.tsx'
import type { KnownSession } from './lib/session.ts'
import { paths } from './paths.ts'

/** Needs no host; left out of production builds. */
const Gallery = import.meta.env.DEV ? lazy(() => import('./gallery/gallery-screen.tsx')) : null

/** Asks for what the first screen shows. */
export function askAhead(client: QueryClient): void {
  if (['', '#', '#/'].includes(location.hash)) askToday(client)
}

export function Inside({ session }: { session: KnownSession }) {
  return (
    // oxlint-disable-next-line react/hooks -- wouter takes its location hook as a value
    <Router hook={useHashLocation}>
      <Toasts />
      <Suspense>
        <Switch>
          {Gallery && <Route path={paths.gallery} component={Gallery} />}
          <Route>
            {session.state === 'open' && <Frame key={session.user?.id ?? null} />}
            {session.state === 'setup' && <SetupScreen session={session} />}
            {session.state === 'damaged' && <DamagedScreen session={session} />}
          </Route>
        </Switch>
      </Suspense>
    </Router>
  )
}
