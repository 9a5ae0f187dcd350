// A case as one thing: all parts of any number of cases, read together and once for a request; what is written goes through it.
import type { Assets } from '#core/assets.ts'
import type { CaseContents } from '#core/case/contents.ts'
import { withListed } from '#core/codes/listed.ts'
import type { Guide } from '#core/guide/schema.ts'
import { pastServices } from '#core/past-procedure.ts'
import type { CaseId, PatientId } from '#core/ids.ts'
import { withRules } from '#core/payer-rule/match.ts'
import type { Reader, Writer } from '#host/kernel/store.ts'
import { appealsByCase } from '#host/appeal/rows.ts'
import { authorizationsByCase } from '#host/authorization/rows.ts'
import { claimsByCase } from '#host/claim/rows.ts'
import { keptGuides } from '#host/guide/rows.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { writeWaiting } from '#host/kernel/insert-rows.ts'
import { coveragesByPatient, patientsById } from '#host/patient/rows.ts'
import { remittancesByCase } from '#host/remittance/rows.ts'
import { attachmentsByCase } from './attachment-rows.ts'
import { checksByCase } from './benefit-rows.ts'
import { answersByCase, notesByCase } from './note-rows.ts'
import { linesByPatient } from './line-rows.ts'
import { type CaseHead, decisionsByCase, factsByCase, headsById, visitsByCase } from './rows.ts'
import { tasksByCase } from './task-rows.ts'
import { historiesOf, type StepRecord } from './transition-rows.ts'

/** What the file holds, what was derived from it last, and the steps of its authorizations, claims and appeals. */
interface Values extends CaseContents, Pick<CaseHead, 'derived' | 'past'> {
  /** The version of the guide that the case was worked with, where another holds today. */
  keptGuide: Guide | null
  steps: ReadonlyMap<string, StepRecord[]>
}
type Ids = readonly CaseId[]
/** Reads one part of several cases. @returns what belongs to each of them */
type ReadPart = (db: Reader, files: readonly CaseFile[], assets: Assets) => Promise<(file: CaseFile) => Partial<Values>>

const idsOf = (files: readonly CaseFile[]): Ids => files.map((file) => file.id)
const patientsOf = (files: readonly CaseFile[]): PatientId[] => [
  ...new Set(files.map(({ record }) => record.patientId)),
]
const stepsOf = (files: readonly CaseFile[]) => new Map(files.flatMap((file) => [...file.steps]))

/** A part that belongs to the case alone. */
const ofCase =
  <Key extends keyof Values>(key: Key, read: (db: Reader, ids: Ids) => Promise<Map<CaseId, Values[Key]>>): ReadPart =>
  async (db, files) => {
    const all = await read(db, idsOf(files))
    return ({ id }) => ({ [key]: all.get(id)! })
  }

/** Each part by a few queries, whatever the number of cases; in the order in which one needs another. */
const READERS = {
  head: async (db, files) => {
    const heads = await headsById(db, idsOf(files))
    return ({ id }) => heads.get(id)!
  },
  keptGuide: async (db, files, { guides }) => {
    const older = files.flatMap(({ record: { guideId, guideVersion } }) =>
      guideVersion !== null && guideVersion !== guides.versionOf(guideId) ? guideVersion : [],
    )
    const kept = await keptGuides(db, [...new Set(older)])
    return ({ record }) => ({
      keptGuide: older.includes(record.guideVersion ?? '') ? (kept.get(record.guideVersion!) ?? null) : null,
    })
  },
  patient: async (db, files) => {
    const patients = await patientsById(db, patientsOf(files))
    return ({ record }) => ({ patient: patients.get(record.patientId)! })
  },
  coverages: async (db, files, assets) => {
    const coverages = await coveragesByPatient(db, patientsOf(files))
    return ({ record }) => ({
      coverages: coverages
        .get(record.patientId)!
        .map((one) => ({ ...one, payer: withRules(one.payer, assets.programs, one.plan) })),
    })
  },
  facts: ofCase('facts', factsByCase),
  decision: async (db, files) => {
    const decisions = await decisionsByCase(db, idsOf(files))
    return ({ id }) => ({ decision: decisions.get(id)!.at(-1) ?? null })
  },
  visits: ofCase('visits', visitsByCase),
  lines: async (db, files) => {
    const all = await linesByPatient(db, patientsOf(files))
    return ({ id, record, past }) => {
      const theirs = all.get(record.patientId)!
      const history = theirs.filter((one) => one.caseId !== id && !one.isVoided)
      const own = theirs.flatMap((one) => (one.isVoided ? [] : [one.line]))
      return {
        lines: theirs.filter((one) => one.caseId === id).map((one) => one.line),
        history: [
          ...history.map(({ line, providerId }) => {
            const { code, tooth, area, quantity, serviceDate } = line
            return { code, tooth, area, quantity, serviceDate, providerId }
          }),
          ...pastServices(past, own, record.createdOn),
        ],
      }
    }
  },
  checks: ofCase('checks', checksByCase),
  attachments: ofCase('attachments', attachmentsByCase),
  notes: ofCase('notes', notesByCase),
  answers: ofCase('answers', answersByCase),
  steps: ofCase('steps', historiesOf),
  authorizations: async (db, files) => {
    const all = await authorizationsByCase(db, idsOf(files), stepsOf(files))
    return ({ id }) => ({
      authorizations: all.get(id)!.map((one) => one.authorization),
      approvals: new Map(all.get(id)!.map((one) => [one.authorization.id, one.approval])),
    })
  },
  claims: async (db, files) => {
    const all = await claimsByCase(db, idsOf(files), stepsOf(files))
    return ({ id }) => ({
      claims: all.get(id)!.map((one) => one.claim),
      expectations: new Map(
        all.get(id)!.flatMap(({ claim, expectation }) => (expectation ? [[claim.id, expectation] as const] : [])),
      ),
    })
  },
  remittances: ofCase('remittances', remittancesByCase),
  appeals: async (db, files) => {
    const appeals = await appealsByCase(db, idsOf(files), stepsOf(files))
    return ({ id }) => ({ appeals: appeals.get(id)! })
  },
  tasks: ofCase('tasks', tasksByCase),
} satisfies Record<string, ReadPart>
export type Part = keyof typeof READERS
const PARTS = Object.keys(READERS) as Part[]

/** Values that are read with a part of another name. */
const PART_OF: Record<Exclude<keyof Values, Part>, Part> = {
  record: 'head',
  provider: 'head',
  estimate: 'head',
  narrative: 'head',
  patientPaidCents: 'head',
  settlements: 'head',
  derived: 'head',
  past: 'head',
  history: 'lines',
  approvals: 'authorizations',
  expectations: 'claims',
}

/** Holds each value as it was read last; one that was written since throws until the case is opened again. */
class OpenFile {
  readonly id: CaseId
  readonly #values: Partial<Values> = {}
  readonly #unread = new Set<Part>(PARTS)

  constructor(id: CaseId) {
    this.id = id
  }

  /**
   * Writes, and has the parts that it changed read anew when the file is opened the next time: with `steps` also the part
   * whose steps they are, which tells them. The case is derived anew at the end of the command.
   */
  async write<T>(context: CommandContext, parts: readonly Part[], work: (tx: Writer) => Promise<T>): Promise<T> {
    const result = await work(context.tx)
    for (const part of parts) this.#unread.add(part)
    context.touches(this.id)
    return result
  }

  /** Stays readable while parts wait to be read anew: a case never changes its patient. */
  get patientId(): PatientId {
    return this.#values.record!.patientId
  }

  forget(part: Part): void {
    this.#unread.add(part)
  }

  lacks(part: Part): boolean {
    return this.#unread.has(part)
  }

  take(part: Part, values: Partial<Values>): void {
    Object.assign(this.#values, values)
    this.#unread.delete(part)
  }

  static {
    const parts = new Map([...PARTS.map((part) => [part, part]), ...Object.entries(PART_OF)] as [keyof Values, Part][])
    for (const [key, part] of parts)
      Object.defineProperty(this.prototype, key, {
        get(this: OpenFile) {
          if (this.#unread.has(part)) throw new Error(`Open the case again: its ${key} changed`)
          return this.#values[key]
        },
      })
  }
}
export type CaseFile = OpenFile & Readonly<Values>

type Opening = Pick<QueryContext, 'db' | 'kept' | 'assets'>

/**
 * The cases with these ids, in their order. What this request has read of them already is not read again, except what was
 * written since.
 * @throws NOT_FOUND when one of them is not there
 */
export async function openCases(context: Opening, ids: Ids): Promise<CaseFile[]> {
  const known = shelfOf(context)
  const files = ids.map((id) => known.get(id) ?? (new OpenFile(id) as CaseFile))
  for (const part of PARTS) {
    const lacking = files.filter((file) => file.lacks(part))
    if (lacking.length === 0) continue
    await writeWaiting(context.db)
    const valuesOf = await READERS[part](context.db, lacking, context.assets)
    for (const file of lacking) file.take(part, valuesOf(file))
  }
  for (const file of files) known.set(file.id, file)
  return files
}
/** @throws NOT_FOUND */
export async function openCase(context: Opening, id: CaseId): Promise<CaseFile> {
  const [file] = await openCases(context, [id])
  return file!
}

/** The guide by which a case is read: the version that it was worked with, else today's. @throws DATA_DAMAGED */
export function guideOf({ assets }: Pick<QueryContext, 'assets'>, { keptGuide, record }: CaseFile): Guide {
  return withListed(keptGuide ?? assets.guides.get(record.guideId), assets.codeList)
}

/** What several cases share has changed: every file that is open reads this part anew. */
export function rereadAll(context: Pick<QueryContext, 'kept'>, part: Part): void {
  for (const file of shelfOf(context).values()) file.forget(part)
}

/** Cases that long work is done with make room for the next ones. */
export function putAway(context: Pick<QueryContext, 'kept'>, ids: Ids): void {
  for (const id of ids) shelfOf(context).delete(id)
}

const SHELF = Symbol('case files')
function shelfOf({ kept }: Pick<QueryContext, 'kept'>): Map<CaseId, CaseFile> {
  const known = kept.get(SHELF) as Map<CaseId, CaseFile> | undefined
  const shelf = known ?? new Map<CaseId, CaseFile>()
  kept.set(SHELF, shelf)
  return shelf
}
