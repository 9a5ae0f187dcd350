// The frame around every screen: navigation, search, user, lock, backup; and the keys that work everywhere.
import { useMediaQuery } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconLock, IconSearch } from '@tabler/icons-react'
import { Suspense, useEffect, useState } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { call, onHostEvent } from '../../lib/client.ts'
import { helpFor } from '#core/help.ts'
import type { CaseId } from '#core/ids.ts'
import { ActionDialog } from '../../lib/actions/action-dialog.tsx'
import { placesOf } from '../../lib/feature.ts'
import { digitOf, type Key, useActiveKeys, useKeys } from '../../lib/keys.ts'
import { showToast, undoLast } from '../../lib/notify.tsx'
import { reportError, useCommand, useRoute } from '../../lib/query.ts'
import { lockNow } from '../../lib/lock.ts'
import { useSession } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { usePreferences } from '../../stores/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Banner } from '../../ui/finding.tsx'
import { Help } from '../../ui/help.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { KeyMap } from '../../ui/key-map.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, Loading } from '../../ui/states.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { features } from '../registry.tsx'
import { rowPath, useActions } from './actions.ts'
import { BackupBanner, BackupStatus } from './backup-status.tsx'
import { Finder } from './finder.tsx'
import classes from './frame.module.css'
import { Navigation } from './navigation.tsx'
import { usePreferenceSync } from './preference-sync.ts'
import { UserMenu } from './user-menu.tsx'

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
  const [path, go] = useLocation()
  /** The keys of the screen that the palette was opened from. */
  const [finding, setFinding] = useState<readonly Key[] | null>(null)
  /** The help page that is open. */
  const [helpPage, setHelpPage] = useState<string | null>(null)
  const [isMapOpen, setMapOpen] = useState(false)
  const [closing, setClosing] = useState<CaseId | null>(null)
  const { navFolded, toggleNav } = usePreferences()
  const isNarrow = useMediaQuery('(max-width: 60rem)', false, { getInitialValueInEffect: false })
  const session = useSession()
  const here = useActiveKeys()
  const find = () => setFinding(here)
  const lock = () => void lockNow('user').catch((error: unknown) => reportError(client, error))
  const actions = useActions({
    lock,
    help: () => setHelpPage(helpFor(path)),
    keyMap: () => setMapOpen(true),
    closeCase: setClosing,
    here: finding ?? here,
  })
  const openWindow = useCommand('shell.openWindow')
  const help = useRoute('help.pages', {}, { enabled: helpPage !== null || finding !== null }).data?.pages
  usePreferenceSync()
  useActivity()
  useKeys([
    { combo: 'mod+k', label: 'Search', run: find },
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
      if (event.action === 'palette') find()
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
          <button type="button" className={classes.search} aria-keyshortcuts="Control+K" onClick={find}>
            <IconSearch size={16} aria-hidden />
            <span>Search patients, cases, codes, actions…</span>
            <Kbd combo="mod+k" />
          </button>
          <UserMenu onLock={lock} />
          <IconButton label="Lock (Ctrl+L)" onClick={lock}>
            <IconLock size={18} />
          </IconButton>
        </header>
        <main
          id="main"
          tabIndex={-1}
          className={classes.main}
          onClickCapture={(event) => {
            const path = (event.ctrlKey || event.metaKey) && rowPath(event.target as Element)
            if (!path) return
            event.stopPropagation()
            openWindow.mutate({ path })
          }}
        >
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
      <Finder
        here={finding}
        help={help ?? []}
        onHelp={setHelpPage}
        onClose={() => setFinding(null)}
        actions={actions}
      />
      <Help
        page={helpPage}
        pages={help ?? []}
        current={helpFor(path)}
        onOpen={setHelpPage}
        onClose={() => setHelpPage(null)}
      />
      {closing && (
        <ActionDialog
          todo={{
            form: 'close_case',
            caseId: closing,
            authorizationId: null,
            taskId: null,
            action: 'Close the case',
            reason: 'It stays in the file and can be opened again.',
          }}
          onClose={() => setClosing(null)}
        />
      )}
      <KeyMap open={isMapOpen} onOpen={() => setMapOpen(true)} onClose={() => setMapOpen(false)} />
    </div>
  )
}

function LeaveDemo() {
  const leave = useCommand('demo.leave')
  return <Button onClick={() => leave.mutate({})}>Leave demo</Button>
}
