// The gallery: every part of the kit in every state, for looking and for the accessibility test. Development builds only.
import { useMantineColorScheme } from '@mantine/core'
import { Button } from '../ui/button.tsx'
import { Page, Section } from '../ui/page.tsx'
import { TodayProvider } from '../lib/use-today.ts'
import { basics } from './specimens-basics.tsx'
import { fields } from './specimens-fields.tsx'
import { lists } from './specimens-lists.tsx'

export const specimens = Object.entries({ ...basics, ...fields, ...lists }).map(([part, states]) => ({
  part,
  states: Object.entries(states).map(([name, shown]) => ({ name, show: () => shown })),
}))

export default function GalleryScreen() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const other = colorScheme === 'dark' ? 'light' : 'dark'
  return (
    <TodayProvider value="2026-11-23">
      <main style={{ height: '100%' }}>
        <Page
          title="Gallery"
          lead={`${specimens.length} groups`}
          actions={<Button onClick={() => setColorScheme(other)}>{other}</Button>}
        >
          {specimens.map(({ part, states }) => (
            <Section key={part} title={part}>
              <div className="cw-stack">
                {states.map(({ name, show }) => (
                  <div key={name}>
                    <div className="cw-muted">{name}</div>
                    {show()}
                  </div>
                ))}
              </div>
            </Section>
          ))}
        </Page>
      </main>
    </TodayProvider>
  )
}
