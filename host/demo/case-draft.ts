// One invented case while its rows are being written, and the words and stamps that all of them share.
import type { CaseSnapshot } from '#core/case/dated-facts.ts'
import type { IsoDate } from '#core/dates.ts'
import type { AuthorizationId, CaseId, LineId, ProviderId, UserId, VisitId } from '#core/ids.ts'
import type { Visit } from '#core/case/schema.ts'
import type { Bulk } from './bulk.ts'
import { officeTime } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import type { Story } from './case-story.ts'
import type { SeedOffice } from './claim-form.ts'
import type { FilmKind } from './film.ts'
import type { SeedPatient } from './population.ts'
import type { Random } from './random.ts'

export interface World {
  bulk: Bulk
  random: Random
  calendar: Calendar
  user: UserId
  providers: readonly ProviderId[]
  office: SeedOffice
  films: Readonly<Record<FilmKind, { blobId: string; key: string; sha256: string; bytes: number }>>
  /** Numbers of claims, unique in this folder. */
  nextClaim: () => string
}

type Dated = 'authorizations' | 'claims' | 'remittances' | 'appeals' | 'tasks'
export interface CaseDraft extends World {
  id: CaseId
  story: Story
  patient: SeedPatient
  tooth: string | null
  area: string | null
  provider: ProviderId
  /** Codes to report: one per visit, or only the last for a payer that wants it so. */
  codes: readonly string[]
  visits: Omit<Visit, 'seq'>[]
  lines: { id: LineId; visitId: VisitId; code: string; serviceDate: IsoDate | null; feeCents: number }[]
  authorization: { id: AuthorizationId; reference: string } | null
  /** Codes, references and numbers by which the case is found. */
  words: string[]
  /** What rings and waits, as host/case/refresh.ts would read it back. */
  dated: { [Key in Dated]: CaseSnapshot[Key][number][] }
  events: number
}

export function stampOn(draft: World, on: IsoDate) {
  return { version: 1, updated_by: draft.user, updated_at: officeTime(on, '10:00') }
}

/** A line of the case's history; later ones of a day come later. */
export function tell(draft: CaseDraft, on: IsoDate, kind: string, body: string): void {
  draft.events += 1
  draft.bulk.insert('case_event', {
    id: draft.random.id(on),
    case_id: draft.id,
    at: `${on}T15:${String(draft.events).padStart(2, '0')}:00.000Z`,
    on_date: on,
    user_id: draft.user,
    kind,
    body,
  })
}

export type Move = readonly [event: string, from: string, to: string, on: IsoDate]
/** The moves of an authorization, claim or appeal through its life cycle. */
export function move(
  draft: CaseDraft,
  entity: 'authorization' | 'claim' | 'appeal',
  entityId: string,
  moves: readonly Move[],
): void {
  for (const [event, from, to, on] of moves) {
    draft.bulk.insert('transition', {
      id: draft.random.id(on),
      case_id: draft.id,
      entity,
      entity_id: entityId,
      event,
      from_state: from,
      to_state: to,
      on_date: on,
      note: '',
      user_id: draft.user,
      at: officeTime(on, '10:00'),
    })
  }
}
