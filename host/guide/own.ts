// Guides that the office keeps as its own: changed, begun, taken back, brought up to date, brought in from a file.
import type { ParsedInputOf } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import { guideDifferences, takeOver } from '#core/guide/differences.ts'
import { type EditProblem, problemsOf } from '#core/guide/edit-problems.ts'
import { applyEdits, editsOf, newGuide } from '#core/guide/edits.ts'
import type { GuidePreview, OwnGuide } from '#core/guide/own.ts'
import { Guide } from '#core/guide/schema.ts'
import { OTHER_GUIDE } from '#core/guide/shelf.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { found } from '#host/kernel/versioned.ts'
import { addSaving, keepGuide, keptGuides, type Saving, savingsOf } from './rows.ts'

/** A guide with what the office made of it. @throws NOT_FOUND */
export async function editingOf(context: QueryContext, id: string): Promise<OwnGuide> {
  const { db, assets } = context
  const guide = assets.guides.get(id)
  const shipped = assets.guides.shipped(id)
  const isOurs = assets.guides.isOurs(id)
  const savings = await savingsOf(db, id)
  const base = isOurs && shipped ? await baseOf(context, savings) : null
  return {
    guide,
    edits: editsOf(guide),
    isOurs,
    isShipped: shipped !== null,
    seq: seqOf(savings),
    versions: savings.map(({ seq, note, name, recorded_at, off }) => ({
      seq,
      note,
      by: name ?? '',
      at: recorded_at,
      off: off === 1,
    })),
    differences: isOurs && shipped ? guideDifferences(shipped, guide) : [],
    news: base && shipped ? guideDifferences(base, shipped) : [],
    kept: base && shipped ? takeOver(base, guide, shipped).kept : [],
  }
}

const seqOf = (savings: readonly Saving[]) => savings[0]?.seq ?? 0

/** The shipped guide that the office's own was compared with last. */
async function baseOf({ db }: Pick<QueryContext, 'db'>, savings: readonly Saving[]): Promise<Guide | null> {
  const version = savings[0]?.based_on ?? null
  return version === null ? null : ((await keptGuides(db, [version])).get(version) ?? null)
}

export async function saveGuide(
  context: CommandContext,
  { id, seq, edits, note }: ParsedInputOf<'guide.save'>,
): Promise<void> {
  const savings = await unchanged(context, id, seq)
  const before = context.assets.guides.get(id)
  const guide = applyEdits(before, edits, context.today)
  const problems = problemsOf(guide, edits).map(inWords)
  if (problems.length > 0) refuse(problems)
  const differences = guideDifferences(before, guide)
  if (differences.length === 0) refuse(['Nothing was changed yet.'])
  const [last] = savings
  const base = last?.off === 0 ? last.based_on : await shippedVersion(context, id)
  await keep(context, { guide, seq, basedOn: base, note, differences })
}

export async function addGuide(
  context: CommandContext,
  { title, code, label }: ParsedInputOf<'guide.add'>,
): Promise<{ id: string }> {
  const { guides } = context.assets
  const taken = new Set(guides.heads.map((head) => head.id))
  const stem =
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, '')
      .slice(0, 40) || 'guide'
  let id = stem
  for (let number = 2; taken.has(id) || (await savingsOf(context.db, id)).length > 0; number += 1)
    id = `${stem}_${number}`
  const first = { code, label, use: label, area: 'none' as const }
  const guide = newGuide(id, guides.shipped(OTHER_GUIDE)!, first, title, context.today)
  await keep(context, {
    guide,
    seq: 0,
    basedOn: null,
    note: 'Begun from the template',
    differences: [`Guide added: ${title}`],
  })
  return { id }
}

export async function goBack(
  context: CommandContext,
  { id, seq, to, note }: ParsedInputOf<'guide.goBack'>,
): Promise<void> {
  const savings = await unchanged(context, id, seq)
  const before = context.assets.guides.get(id)
  if (to === null) {
    const shipped = context.assets.guides.shipped(id)
    if (!shipped) refuse(['This guide is the office’s own alone: there is no shipped one to go back to.'])
    const version = await keepGuide(context.tx, shipped, context.now)
    const off = { guide_id: id, seq: seq + 1, version, based_on: version, off: 1 as const, note }
    await addSaving(context.tx, off, context)
    context.audit({ entity: 'guide', entityId: id, after: { to: 'shipped', note } })
    return
  }
  const wanted = found(
    savings.find((saving) => saving.seq === to),
    'guide version',
    String(to),
  )
  const guide = found((await keptGuides(context.db, [wanted.version])).get(wanted.version), 'guide version', String(to))
  const differences = guideDifferences(before, guide)
  await keep(context, { guide, seq, basedOn: wanted.based_on, note: note || `Back to version ${to}`, differences })
}

export async function takeNews(context: CommandContext, { id, seq }: ParsedInputOf<'guide.takeNews'>): Promise<void> {
  const savings = await unchanged(context, id, seq)
  const ours = context.assets.guides.get(id)
  const shipped = context.assets.guides.shipped(id)
  const base = await baseOf(context, savings)
  if (!shipped || !base || !context.assets.guides.isOurs(id))
    return refuse(['There is nothing new in the shipped guide.'])
  const { guide } = takeOver(base, ours, shipped)
  const differences = guideDifferences(ours, guide)
  const basedOn = await shippedVersion(context, id)
  await keep(context, { guide, seq, basedOn, note: 'Took over what is new in the shipped guide', differences })
}

/** What a file would change. What is wrong with it is listed, not thrown. */
export async function previewImport(context: QueryContext, text: string): Promise<GuidePreview> {
  const { assets, db } = context
  const read = readFile(text)
  if (typeof read === 'string') return { id: '', title: '', isNew: true, seq: 0, problems: [read], differences: [] }
  const { id, title } = read
  const current = assets.guides.heads.some((head) => head.id === id) ? assets.guides.get(id) : null
  return {
    id,
    title,
    isNew: current === null,
    seq: seqOf(await savingsOf(db, id)),
    problems: wrongWith(context, read),
    differences: current ? guideDifferences(current, read) : [`Guide added: ${title}`],
  }
}

export async function importGuide(
  context: CommandContext,
  { text, seq, note }: ParsedInputOf<'guide.import'>,
): Promise<{ id: string }> {
  const guide = readFile(text)
  if (typeof guide === 'string') return refuse([guide])
  await unchanged(context, guide.id, seq)
  const { differences } = await previewImport(context, text)
  const basedOn = await shippedVersion(context, guide.id)
  await keep(context, { guide, seq, basedOn, note: note || 'Imported from a file', differences })
  return { id: guide.id }
}

function readFile(text: string): Guide | string {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return 'This file is no guide: it cannot be read as JSON.'
  }
  const parsed = Guide.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return `This file does not fit the guide format: ${issue?.path.join('.') || 'file'}: ${issue?.message}`
}

/** The check that shipped guides pass, and codes that another guide holds already. */
function wrongWith({ assets }: Pick<QueryContext, 'assets'>, guide: Guide): string[] {
  const owned = new Map(
    assets.guides.heads
      .filter((head) => head.id !== guide.id)
      .flatMap((head) => head.codes.filter(({ kind }) => kind !== 'other').map(({ code }) => [code, head.title])),
  )
  const taken = guide.codes.filter(({ code, kind }) => kind !== 'other' && owned.has(code))
  return [
    ...(guide.id === OTHER_GUIDE ? ['“Any other procedure” stays as it is shipped.'] : []),
    ...taken.map(({ code }) => `${code} is in the guide “${owned.get(code)}” already. Change that one instead.`),
    ...problemsOf(guide, editsOf(guide)).map(inWords),
  ]
}

const inWords = ({ section, entry, message }: EditProblem) => [section, entry, message].filter(Boolean).join(': ')

async function shippedVersion({ tx, assets, now }: CommandContext, id: string): Promise<string | null> {
  const shipped = assets.guides.shipped(id)
  return shipped ? keepGuide(tx, shipped, now) : null
}

/** @throws CONFLICT where somebody saved the guide meanwhile */
async function unchanged({ db }: CommandContext, id: string, seq: number): Promise<Saving[]> {
  const savings = await savingsOf(db, id)
  const [last] = savings
  if (last && last.seq !== seq)
    throw new AppError('CONFLICT', `${last.name ?? 'Somebody'} saved this guide meanwhile.`, {
      changedBy: last.name ?? '',
      changedAt: last.recorded_at,
      version: last.seq,
    })
  return savings
}

interface Kept {
  guide: Guide
  seq: number
  basedOn: string | null
  note: string
  differences: string[]
}
async function keep(context: CommandContext, { guide, seq, basedOn, note, differences }: Kept): Promise<void> {
  const problems = wrongWith(context, guide)
  if (problems.length > 0) refuse(problems)
  const version = await keepGuide(context.tx, guide, context.now)
  const saving = { guide_id: guide.id, seq: seq + 1, version, based_on: basedOn, off: 0 as const, note }
  await addSaving(context.tx, saving, context)
  context.audit({ entity: 'guide', entityId: guide.id, after: { version: seq + 1, note, differences } })
}
