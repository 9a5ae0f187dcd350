// The person at this screen: switch, colours, keys, demo.
import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/client.ts'
import { flushDrafts } from '../../lib/drafts.ts'
import { reportError } from '../../lib/query.ts'
import { useSession } from '../../lib/session.ts'
import { usePreferences, type Scheme } from '../../stores/preferences.ts'
import { Button } from '../../ui/button.tsx'

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
        <div>
          <Button variant="subtle" label="User menu">
            {user?.name ?? 'Nobody'} <IconChevronDown size={14} style={{ marginLeft: 4 }} aria-hidden />
          </Button>
        </div>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onLock}>Switch user or lock</Menu.Item>
        {!demo && <Menu.Item onClick={() => void openDemo()}>Explore the demo practice</Menu.Item>}
        <Menu.Divider />
        {(Object.keys(SCHEMES) as Scheme[]).map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={each === scheme}
            leftSection={<IconCheck size={14} visibility={each === scheme ? 'visible' : 'hidden'} aria-hidden />}
            onClick={() => setColorScheme(each)}
          >
            {SCHEMES[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
