// Colors and folded navigation follow the person: kept with their drafts, so no file outside the vault holds them.
import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import * as z from 'zod'
import { call } from '../../lib/client.ts'
import { usePreferences } from '../../stores/preferences.ts'

const SCOPE = 'ui.preferences'
const Stored = z.object({ scheme: z.enum(['auto', 'light', 'dark']), navFolded: z.boolean() })

/** Brings the person's preferences in after sign-in and writes later changes back. */
export function usePreferenceSync(): void {
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    let alive = true
    let stop = () => {}
    const watch = () => {
      stop = usePreferences.subscribe(({ scheme, navFolded }) => {
        call('draft.save', { scope: SCOPE, value: { scheme, navFolded } }).catch(() => undefined)
      })
    }
    call('draft.get', { scope: SCOPE }).then(
      ({ value }) => {
        if (!alive) return
        const stored = Stored.safeParse(value)
        if (stored.success) {
          usePreferences.setState(stored.data)
          setColorScheme(stored.data.scheme)
        }
        watch()
      },
      () => undefined,
    )
    return () => {
      alive = false
      stop()
    }
    // Once per sign-in: the frame is mounted anew for each person.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
}
