// Ctrl+K: patients and cases from the host; actions, places, what this screen can do, settings, guide codes, help.
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { HelpPage } from '#core/help.ts'
import { placesOf, type Action } from '../../lib/feature.ts'
import type { Key } from '../../lib/keys.ts'
import { useRoute } from '../../lib/query.ts'
import { paths } from '../../paths.ts'
import { Palette, type PaletteItem } from '../../ui/palette.tsx'
import { features } from '../registry.tsx'

const MOST_CODES = 6
const MOST_TOPICS = 3

interface Findable extends PaletteItem {
  /** What else somebody may type for it. */
  words?: string | undefined
}

interface FinderProps {
  /** The keys of the screen below; null: closed. */
  here: readonly Key[] | null
  actions: readonly Action[]
  help: readonly HelpPage[]
  onHelp: (id: string) => void
  onClose: () => void
}
/** Buttons of a screen that an action finds by itself. */
const ACTIONS = ['Print', 'CSV']

export function Finder({ here, onClose, actions, help, onHelp }: FinderProps) {
  const open = here !== null
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = useRoute('search.find', { text: text.trim() }, { enabled: open && wanted.length > 0, keep: true })
  const guides = useRoute('guide.list', {}, { enabled: open })

  const fixed = useMemo((): Findable[] => {
    const places = placesOf(features).map(({ path, label }) => {
      return { id: path, group: 'Places', title: label, run: () => go(path) }
    })
    const deeds = actions.map(({ id, title, words, shortcut, run }) => {
      return { id, title, words, group: 'Actions', run: () => run(go), ...(shortcut && { shortcut }) }
    })
    const known = new Set(deeds.map(({ title }) => title))
    const onScreen = (here ?? [])
      .filter(({ label, combo }) => !known.has(label) && !ACTIONS.includes(label) && !/^mod\+|^\?$|^f1$/.test(combo))
      .map(({ label, combo, run }) => {
        return {
          id: `key ${combo}`,
          group: 'On this screen',
          title: label,
          shortcut: combo,
          run,
        }
      })
    return [...onScreen, ...deeds, ...places]
  }, [actions, go, here])
  const topics = help.map((page): Findable => {
    const words = [...page.words, page.what].join(' ')
    return { id: `help ${page.id}`, group: 'Help', title: `Help: ${page.title}`, words, run: () => onHelp(page.id) }
  })
  const codes = (guides.data?.guides ?? []).flatMap((guide) =>
    guide.codes.map((code): PaletteItem => {
      const run = () => go(paths.guide(guide.id, code.code))
      return { id: `${guide.id} ${code.code}`, group: 'Guides', title: code.code, detail: code.label, run }
    }),
  )
  const hits = (found.data?.hits ?? []).map((hit): PaletteItem => {
    const path = hit.caseId ? paths.case(hit.caseId) : paths.patient(hit.patientId)
    const group = hit.kind === 'case' ? 'Cases' : 'Patients'
    return { id: hit.caseId ?? hit.patientId, group, title: hit.title, detail: hit.detail, run: () => go(path) }
  })
  const words = wanted.split(/\s+/)
  const matches = ({ title, detail = '', words: other = '' }: Findable) => {
    const text = `${title} ${detail} ${other}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const items = wanted
    ? [
        ...hits.filter(({ group }) => group === 'Patients'),
        ...hits.filter(({ group }) => group === 'Cases'),
        ...fixed.filter(matches),
        ...codes.filter(matches).slice(0, MOST_CODES),
        ...topics.filter(matches).slice(0, MOST_TOPICS),
      ]
    : fixed

  return (
    <Palette
      open={open}
      onClose={() => {
        setText('')
        onClose()
      }}
      text={text}
      onText={setText}
      items={items}
      busy={found.isFetching}
    />
  )
}
