// The person at this screen: switch, colours, keys, demo.
import { Button, Menu, useMantineColorScheme } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/client.ts'
import { flushDrafts } from '../../lib/drafts.ts'
import { reportError } from '../../lib/query.ts'
import { useSession } from '../../lib/session.ts'
import { usePreferences, type Scheme } from '../../stores/preferences.ts'

const SCHEMES: Record<Scheme, string> = { auto: 'Colours as the system', light: 'Light', dark: 'Dark' }

export function UserMenu({ onLock }: { onLock: () => void }) {
  const { user, demo } = useSession()
  const client = useQueryClient()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = usePreferences((state) => state.scheme)
  async function openDemo(): Promise<void> {
    try {
      await flushDrafts()
      await call('demo.open', {})
    } catch (error) {
      reportError(client, error)
    }
  }
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button variant="subtle" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {user?.name ?? 'Nobody'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onLock}>Switch user or lock</Menu.Item>
        {!demo && <Menu.Item onClick={() => void openDemo()}>Explore the demo practice</Menu.Item>}
        <Menu.Divider />
        <Menu.RadioGroup value={scheme} onChange={(next) => setColorScheme(next as Scheme)}>
          {(Object.keys(SCHEMES) as Scheme[]).map((each) => (
            <Menu.RadioItem key={each} value={each}>
              {SCHEMES[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
