// With which version of its guide a case is worked: kept when somebody answers or decides, changed only when they say so.
import { withListed } from '#core/codes/listed.ts'
import { guideChangesFor } from '#core/case/guide-change.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { Guide } from '#core/guide/schema.ts'
import type { CaseId } from '#core/ids.ts'
import { keepGuide } from '#host/guide/rows.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { type CaseFile, openCase } from './case-file.ts'
import { documentationIn } from './documentation.ts'
import { finishWork } from './finish.ts'
import { setGuideVersion, updateCase } from './rows.ts'

/** Today's guide of a case that was worked with another version; null where they are the same, or today's cannot be read. */
function newerGuide({ assets }: Pick<QueryContext, 'assets'>, { keptGuide, record }: CaseFile): Guide | null {
  return keptGuide && assets.guides.versionOf(record.guideId) !== null ? assets.guides.get(record.guideId) : null
}

function changesIn(context: Pick<QueryContext, 'assets' | 'today'>, file: CaseFile, newer: Guide): string[] {
  return guideChangesFor(
    file,
    documentationIn(context, file),
    documentationIn(context, file, withListed(newer, context.assets.codeList)),
    context.today,
  )
}

/** What a case says of a guide that changed since it was worked with; null where nobody needs to be asked. */
export function guideChangeOf(context: QueryContext, file: CaseFile): CaseView['guideChange'] {
  const newer = newerGuide(context, file)
  if (!newer || file.record.state !== 'open') return null
  const to = context.assets.guides.versionOf(newer.id)!
  if (to === file.record.guideDeclined) return null
  const changes = changesIn(context, file, newer)
  return changes.length === 0
    ? null
    : { to, revision: newer.revision, isOurs: context.assets.guides.isOurs(newer.id), changes }
}

/**
 * The guide by which the case is being answered or decided is kept with it. A newer version that changes nothing for the
 * case takes the place of the old one without a question.
 */
export async function rememberGuide(context: CommandContext, file: CaseFile): Promise<void> {
  const { record } = file
  const newer = newerGuide(context, file)
  if (record.guideVersion !== null && !newer) return
  if (newer && changesIn(context, file, newer).length > 0) return
  const version = await keepGuide(context.tx, newer ?? context.assets.guides.get(record.guideId), context.now)
  await file.write(context, ['head', 'keptGuide'], (tx) => setGuideVersion(tx, file.id, version))
}

interface Wish {
  id: CaseId
  version: number
  to: string
  goOn: boolean
}
/** Goes on with today's guide, or stays with the version the case was worked with until the guide changes again. */
export async function useGuide(context: CommandContext, { id, version, to, goOn }: Wish): Promise<void> {
  const file = await openCase(context, id)
  const newer = newerGuide(context, file)
  if (!newer || context.assets.guides.versionOf(newer.id) !== to)
    refuse(['The guide was changed once more meanwhile. Read again what changes.'])
  const older = file.keptGuide!.revision
  const before = { guide: file.record.guideVersion }
  const changes = changesIn(context, file, newer)
  if (goOn) await keepGuide(context.tx, newer, context.now)
  const columns = goOn ? { guide_version: to, guide_declined: null } : { guide_declined: to }
  await file.write(context, ['head', 'keptGuide'], (tx) => updateCase(tx, id, version, columns, context))
  await finishWork(context, file, {
    event: {
      kind: 'code',
      text: goOn ? `Goes on with the guide of ${newer.revision}` : `Stays with the guide of ${older}`,
    },
    audit: { entity: 'case', entityId: id, before, after: { guide: to, goOn, changes } },
  })
}
