// Ctrl+K: patients and cases from the host, places and actions from the registry, guide codes.
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { placesOf, type Action } from '../../lib/feature.ts'
import { useRoute } from '../../lib/query.ts'
import { paths } from '../../paths.ts'
import { Palette, type PaletteItem } from '../../ui/palette.tsx'
import { features } from '../registry.tsx'

const MOST_CODES = 6

export function Finder({ open, onClose, actions }: { open: boolean; onClose: () => void; actions: readonly Action[] }) {
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = useRoute('search.find', { text: text.trim() }, { enabled: open && wanted.length > 0, keep: true })
  const guides = useRoute('guide.list', {}, { enabled: open })

  const fixed = useMemo((): PaletteItem[] => {
    const places = placesOf(features).map(({ path, label }) => {
      return { id: path, group: 'Places', title: label, run: () => go(path) }
    })
    const deeds = actions.map((action) => ({ ...action, group: 'Actions', run: () => action.run(go) }))
    return [...deeds, ...places]
  }, [actions, go])
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
  const matches = (item: PaletteItem) => `${item.title} ${item.detail ?? ''}`.toLowerCase().includes(wanted)
  const items = wanted
    ? [
        ...hits.filter(({ group }) => group === 'Patients'),
        ...hits.filter(({ group }) => group === 'Cases'),
        ...fixed.filter(matches),
        ...codes.filter(matches).slice(0, MOST_CODES),
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
