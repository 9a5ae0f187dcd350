// Where a case is: a tooth, an area of the mouth, or either, as its guide's codes go.
import type { Guide } from '#core/guide/schema.ts'
import { ORAL_AREAS, type OralArea } from '#core/teeth.ts'
import { partsOf } from '../../ui/field-props.ts'
import { SelectField, ToothField } from '../../ui/fields.tsx'

export interface Place {
  tooth: string | null
  area: OralArea | null
}

/** Whether a case of the guide is about a tooth, an area of the mouth, or either, and what no area means there. */
function kindsOf(guide: Guide | undefined): { byTooth: boolean; byArea: boolean; noArea: string } {
  const areas = new Set(guide?.codes.filter((code) => code.kind === 'treatment').map((code) => code.area))
  if (areas.has('quadrant') && !areas.has('none'))
    return { byTooth: false, byArea: true, noArea: 'Several quadrants: the chart decides' }
  const byTooth = areas.size === 0 || areas.has('tooth') || areas.has('none')
  const byArea = areas.has('arch') || areas.has('mouth') || areas.has('none')
  return { byTooth, byArea, noArea: byTooth ? 'By tooth' : 'None' }
}

export const isByTooth = (guide: Guide | undefined): boolean => kindsOf(guide).byTooth

/** What of a chosen place a case of this guide keeps: a tooth leaves no area beside it. */
export function placeFor(guide: Guide | undefined, { tooth, area }: Place): Place {
  if (!guide) return { tooth, area }
  const { byTooth, byArea } = kindsOf(guide)
  const kept = byTooth ? tooth : null
  return { tooth: kept, area: byArea && kept === null ? area : null }
}

interface PlaceFieldsProps {
  guide: Guide | undefined
  place: Place
  onChange: (part: Partial<Place>) => void
  hint?: string
  error?: string | undefined
  autoFocus?: boolean
}

/** The tooth, and the area while no tooth is chosen. */
export function PlaceFields({ guide, place, onChange, hint, error, autoFocus = false }: PlaceFieldsProps) {
  const { byTooth, byArea, noArea } = kindsOf(guide)
  return (
    <>
      {byTooth && (
        <ToothField
          label="Tooth"
          {...partsOf(place, onChange)('tooth')}
          hint={hint}
          error={error}
          autoFocus={autoFocus}
        />
      )}
      {byArea && !(byTooth && place.tooth) && (
        <SelectField
          label="Area"
          value={place.area ?? ''}
          onChange={(area) => onChange({ area: area || null })}
          options={ORAL_AREAS}
          emptyLabel={noArea}
          autoFocus={autoFocus && !byTooth}
        />
      )}
    </>
  )
}
