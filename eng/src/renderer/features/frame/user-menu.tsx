// The person at this screen: switch, colors, demo.
import { Button as MantineButton, Popover, useMantineColorScheme } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { flushDrafts } from '../../lib/drafts.ts'
import { useCommand } from '../../lib/query.ts'
import { useSession } from '../../lib/session.ts'
import { usePreferences, type Scheme } from '../../stores/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/fields.tsx'

const SCHEMES: Record<Scheme, string> = { auto: 'As the system', light: 'Light', dark: 'Dark' }

export function UserMenu({ onLock }: { onLock: () => void }) {
  const { user, demo } = useSession()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = usePreferences((state) => state.scheme)
  const demoPractice = useCommand('demo.open')
  const openDemo = () => void flushDrafts().then(() => demoPractice.mutate({}))
  return (
    <Popover position="bottom-end" width={240} trapFocus returnFocus>
      <Popover.Target>
        <MantineButton variant="subtle" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {user?.name ?? 'Nobody'}
        </MantineButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="You">
        <div className="cw-stack">
          <Button onClick={onLock}>Switch user or lock</Button>
          {!demo && <Button onClick={openDemo}>Explore the demo practice</Button>}
          <SelectField
            label="Colors"
            options={SCHEMES}
            value={scheme}
            onChange={(next) => setColorScheme(next || 'auto')}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
