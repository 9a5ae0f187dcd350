// A person as the schedule writes it: last name first, the birth date to tell two apart.
import type { IsoDate } from '#core/dates.ts'
import { ageText, formatDate, personName } from '../lib/format.ts'
import { useToday } from '../lib/today.ts'

interface PersonNameProps {
  person: { lastName: string; firstName: string; birthDate?: IsoDate }
}

/** `Doe, Sam  b. Apr 12, 2015 · 11 y`. */
export function PersonName({ person }: PersonNameProps) {
  const today = useToday()
  return (
    <span>
      {personName(person)}
      {person.birthDate && (
        <span className="cw-muted">
          {' '}
          b. {formatDate(person.birthDate)} · {ageText(person.birthDate, today)}
        </span>
      )}
    </span>
  )
}
