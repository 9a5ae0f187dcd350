// The frame around every screen: navigation, search, user, lock, backup; and the keys that work everywhere.
import { useMediaQuery } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconLock, IconSearch } from '@tabler/icons-react'
import { Suspense, useEffect, useState } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { call, onHostEvent } from '../../lib/client.ts'
import { placesOf, type Action } from '../../lib/feature.ts'
import { digitOf, useKeys } from '../../lib/keys.ts'
import { showToast, undoLast } from '../../lib/notify.tsx'
import { reportError, useCommand } from '../../lib/query.ts'
import { lockNow } from '../../lib/lock.ts'
import { useSession } from '../../lib/session.ts'
import { PERMISSIONS } from '#core/contract/route.ts'
import { paths } from '../../paths.ts'
import { usePreferences } from '../../stores/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Banner } from '../../ui/finding.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { KeyMap } from '../../ui/key-map.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, Loading } from '../../ui/states.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { features } from '../registry.tsx'
import { BackupBanner, BackupStatus } from './backup-status.tsx'
import { Finder } from './finder.tsx'
import classes from './frame.module.css'
import { Navigation } from './navigation.tsx'
import { usePreferenceSync } from './preference-sync.ts'
import { UserMenu } from './user-menu.tsx'

/** What the signed-in person may do from anywhere. */
function useActions(): readonly Action[] {
  const { user, readOnly } = useSession()
  const allowed = user ? PERMISSIONS[user.role] : []
  const backUp = useCommand('backup.create', { done: 'Backup written and read back' })
  const backup: Action = {
    id: 'backup',
    title: 'Back up now',
    shortcut: 'mod+shift+b',
    menu: 'backup',
    needs: 'work',
    run: () => {
      if (!backUp.isPending) backUp.mutate({})
    },
  }
  return [...features.flatMap((feature) => feature.actions ?? []), backup].filter(
    ({ needs = 'read' }) => allowed.includes(needs) && !(readOnly && needs !== 'read' && needs !== 'audit'),
  )
}

/** Restarts the host's idle clock, at most every 20 seconds. */
function useActivity(): void {
  useEffect(() => {
    let last = 0
    const onInput = () => {
      const now = performance.now()
      if (now - last < 20_000) return
      last = now
      call('session.activity', {}).catch(() => undefined)
    }
    const kinds = ['keydown', 'pointerdown', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, onInput, { passive: true })
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, onInput)
    }
  }, [])
}

export function Frame() {
  const client = useQueryClient()
  const [, go] = useLocation()
  const [isFinding, setFinding] = useState(false)
  const [isMapOpen, setMapOpen] = useState(false)
  const { navFolded, toggleNav } = usePreferences()
  const isNarrow = useMediaQuery('(max-width: 60rem)', false, { getInitialValueInEffect: false })
  const session = useSession()
  const actions = useActions()
  const lock = () => void lockNow('user').catch((error: unknown) => reportError(client, error))
  usePreferenceSync()
  useActivity()
  useKeys([
    { combo: 'mod+k', label: 'Search', run: () => setFinding(true) },
    { combo: 'mod+l', label: 'Lock', run: lock, everywhere: true },
    { combo: 'mod+z', label: 'Undo the last step', run: undoLast },
    ...placesOf(features).flatMap((nav, index) => {
      const digit = digitOf(index)
      return digit ? [{ combo: `mod+${digit}`, label: `Go to ${nav.label}`, run: () => go(nav.path) }] : []
    }),
    ...actions.flatMap((action) =>
      action.shortcut ? [{ combo: action.shortcut, label: action.title, run: () => action.run(go) }] : [],
    ),
  ])
  useEffect(() =>
    onHostEvent((event) => {
      if (event.type !== 'menu') return
      if (event.action === 'palette') setFinding(true)
      else if (event.action === 'lock') lock()
      else if (event.action === 'settings') go(paths.settings)
      else if (event.action === 'help') setMapOpen(true)
      else {
        const action = actions.find(({ menu }) => menu === event.action)
        if (action) action.run(go)
        else showToast({ message: 'Not available with your role, or while the data is read-only.', tone: 'warn' })
      }
    }),
  )

  return (
    <div className={classes.frame} data-folded={navFolded || isNarrow || undefined}>
      <a
        href="#main"
        className="cw-skip"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        Skip to content
      </a>
      <div className={`${classes.side} cw-no-print`}>
        <Navigation />
        <div className={classes.fold}>
          <IconButton label={navFolded ? 'Widen navigation' : 'Fold navigation'} onClick={toggleNav}>
            {navFolded ? <IconLayoutSidebarLeftExpand size={18} /> : <IconLayoutSidebarLeftCollapse size={18} />}
          </IconButton>
        </div>
      </div>
      <div className={classes.body}>
        {session.demo && (
          <Banner tone="info" action={<LeaveDemo />}>
            <strong>Demo practice.</strong> Everyone here is fictional; nothing touches your own data.
          </Banner>
        )}
        {session.readOnly && (
          <Banner tone="warn">
            <strong>Opened read-only.</strong> This disk or folder refuses writes, so nothing can be saved or printed
            here.
          </Banner>
        )}
        <BackupBanner />
        <header className={`${classes.top} cw-no-print`}>
          <button
            type="button"
            className={classes.search}
            aria-keyshortcuts="Control+K"
            onClick={() => setFinding(true)}
          >
            <IconSearch size={16} aria-hidden />
            <span>Search patients, cases, codes, actions…</span>
            <Kbd combo="mod+k" />
          </button>
          <UserMenu onLock={lock} />
          <IconButton label="Lock (Ctrl+L)" onClick={lock}>
            <IconLock size={18} />
          </IconButton>
        </header>
        <main id="main" tabIndex={-1} className={classes.main}>
          <Suspense fallback={<Page title=" ">{<Loading />}</Page>}>
            <Switch>
              {features.flatMap(({ screens }) =>
                screens.map(({ pattern, screen }) => <Route key={pattern} path={pattern} component={screen} />),
              )}
              <Route>
                <Page title="Nothing here">
                  <EmptyState
                    title="This address shows nothing."
                    action={<Button onClick={() => go(paths.today)}>Go to Today</Button>}
                  >
                    It may belong to something that was removed.
                  </EmptyState>
                </Page>
              </Route>
            </Switch>
          </Suspense>
        </main>
        <footer className={`${classes.foot} cw-no-print`}>
          <BackupStatus />
        </footer>
      </div>
      <Finder open={isFinding} onClose={() => setFinding(false)} actions={actions} />
      <KeyMap open={isMapOpen} onOpen={() => setMapOpen(true)} onClose={() => setMapOpen(false)} />
    </div>
  )
}

function LeaveDemo() {
  const leave = useCommand('demo.leave')
  return <Button onClick={() => leave.mutate({})}>Leave demo</Button>
}
