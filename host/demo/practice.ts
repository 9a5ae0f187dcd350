// An invented practice of any size in one transaction: the same seed gives the same practice on the same day.
import type Sqlite from 'better-sqlite3'
import { AppError } from '#core/errors.ts'
import type { IsoDate } from '#core/dates.ts'
import type { FeeScheduleId, UserId } from '#core/ids.ts'
import type { BlobStore } from '#db/blobs.ts'
import type { Writer } from '#db/reader.ts'
import { getOffice, listProviders } from '#host/office/rows.ts'
import { openBulk } from './bulk.ts'
import { createCalendar, officeTime } from './calendar.ts'
import type { World } from './case-draft.ts'
import { writeCase } from './case-rows.ts'
import { tellStory } from './case-story.ts'
import { drawFilm, type FilmKind } from './film.ts'
import { seedPatient, seedPayers, seedProviders, type SeedPatient } from './population.ts'
import { PROCEDURES, type ProcedurePlan } from './procedures.ts'
import { createRandom } from './random.ts'
import { type SeedState, STATES } from './states.ts'
import { isSeeded } from './sent-rows.ts'

export interface SeedPlace {
  tx: Writer
  /** The connection of `tx`: bulk rows go past Kysely. */
  sqlite: Sqlite.Database
  blobs: BlobStore
  user: UserId
}
export interface SeedOptions {
  cases: number
  seed: number
  today: IsoDate
  /** One case in each of these states, in order; by weight when left out. */
  states?: readonly SeedState[]
}

/**
 * Adds payers, dentists, patients and cases.
 * @returns rows written per table
 * @throws REFUSED when this seed is already in the folder
 */
export async function writePractice(place: SeedPlace, options: SeedOptions): Promise<Record<string, number>> {
  const { tx, sqlite, user } = place
  const { cases, seed, today } = options
  const random = createRandom(seed)
  const calendar = createCalendar(today)
  const bulk = openBulk(sqlite)
  const prefix = `S${seed.toString(36).toUpperCase()}`
  if (await isSeeded(tx, prefix))
    throw new AppError('REFUSED', 'This seed is already in the folder. Take another number.', { seed })
  const first = calendar.day(-2400)
  const stamp = { version: 1, updated_by: user, updated_at: officeTime(first, '07:00') }
  const office = await getOffice(tx)
  const own = (await listProviders(tx)).filter((provider) => provider.active)
  const nobody = { firstName: '', lastName: '', npi: '', license: '', taxonomy: '122300000X' }
  const { firstName, lastName, npi, license, taxonomy } = own[0] ?? nobody
  const film = (kind: FilmKind) => {
    const content = drawFilm(kind)
    return { ...place.blobs.put(random.id<string>(first), content), bytes: content.length }
  }
  // Drawn from chance of its own: the rest of the practice is told by the same numbers with and without it.
  const plans = seedPayers(bulk, random, first, stamp, createRandom(~seed).id<FeeScheduleId>(first))
  const world: World = {
    bulk,
    random,
    calendar,
    user,
    providers: [...own.map((provider) => provider.id), ...seedProviders(bulk, random, first, stamp)],
    office: { ...office, dentist: { firstName, lastName, npi, license, taxonomy } },
    films: {
      pre_op_periapical: film('pre_op_periapical'),
      interim_periapical: film('interim_periapical'),
      post_op_periapical: film('post_op_periapical'),
    },
    nextClaim: () => `${prefix}N${String((bulk.counts.get('claim') ?? 0) + 1).padStart(7, '0')}`,
  }
  const recent = new Map<ProcedurePlan, SeedPatient[]>()
  for (let at = 0; at < cases; at += 1) {
    const state = options.states?.[at] ?? random.weighted(STATES)
    // The first case of a chosen list is the one every example is about.
    const procedure = options.states && at % 3 === 0 ? PROCEDURES[0]! : random.weighted(PROCEDURES)
    const story = tellStory(random, calendar, procedure, state)
    writeCase(world, story, patientFor(world, plans, recent, procedure, story.createdOn, state))
  }
  return Object.fromEntries(bulk.counts)
}

/** One in four is somebody who had a case of the same kind before. */
function patientFor(
  world: World,
  plans: ReturnType<typeof seedPayers>,
  recent: Map<ProcedurePlan, SeedPatient[]>,
  procedure: ProcedurePlan,
  day: IsoDate,
  state: SeedState,
): SeedPatient {
  const { bulk, random, calendar, user } = world
  const known = recent.get(procedure) ?? []
  const insured = state.authorization !== null || state.claim !== null || !random.chance(8)
  const again = known.length > 20 && random.chance(25) ? random.pick(known) : undefined
  if (again && (again.coverage !== null || !insured)) return again
  const age = random.between(...procedure.ages)
  const birthday = calendar.plus(day, -Math.round(age * 365.25) - random.below(360))
  const stamp = { version: 1, updated_by: user, updated_at: officeTime(day, '07:00') }
  const patient = seedPatient(bulk, random, plans, { age, day, birthday, stamp, insured })
  recent.set(procedure, [...known.slice(-60), patient])
  return patient
}
