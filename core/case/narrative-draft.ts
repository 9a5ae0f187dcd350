// The narrative that the guide proposes from the record, and which sentences of a saved one the record no longer bears out.
import { outdatedIn } from '../document/outdated.ts'
import { latestOf } from '../dates.ts'
import { draftNarrative, templatesFor } from '../guide/narrative.ts'
import type { Guide, Template } from '../guide/schema.ts'
import { attachmentTitle, IMAGES } from './attachment-kind.ts'
import type { CaseContents } from './contents.ts'
import type { Documentation, TextBasis } from './documentation.ts'
import { type Stage, STAGES } from './schema.ts'

/** Before treatment a text can only say what is planned, after it only what was done, whatever the stage looked at. */
function useOf({ treatment }: TextBasis, stage: Stage): Template['use'] {
  if (treatment === 'planned') return 'authorization'
  return treatment === 'in_progress' && stage === 'authorization' ? 'authorization' : 'claim'
}

/** The text the guide proposes from what is on record and dated notes; empty when it has none for these codes. */
export function draftOf({ notes, visits, lines }: CaseContents, documentation: Documentation, stage: Stage): string {
  const { guide, codes } = documentation
  const basis = documentation.textBasis()
  const template = codes.flatMap((code) => templatesFor(guide, code, useOf(basis, stage)))[0]
  if (!template) return ''
  const dated = notes.map((note) => ({ date: note.notedOn, text: note.text }))
  const images = documentation.filesFor(stage).filter((file) => IMAGES.includes(file.kind))
  const context = {
    visits: visits.length > 0 ? String(visits.length) : '',
    serviceDate: latestOf(lines.flatMap((line) => line.serviceDate ?? [])) ?? '',
    images: images.map(attachmentTitle).join('; '),
  }
  return draftNarrative(guide, template.id, basis.facts, dated, context, basis.written)
}

const PLAN = /\bplanned\b|\bwill\b/i
/** Sentences of this guide's texts that time overtakes: of a day, and of what is planned. */
function passingIn({ narratives, facts }: Guide): string[] {
  const dates = new Set(facts.filter(({ kind }) => kind === 'date').map(({ id }) => id))
  const parts = narratives.filter(({ use }) => use !== 'appeal').flatMap((one) => one.parts.map(({ text }) => text))
  return parts.flatMap((text) =>
    (text.match(/[^.]+\./g) ?? [])
      .filter(
        (sentence) => PLAN.test(sentence) || [...sentence.matchAll(/\{(\w+)\}/g)].some(([, slot]) => dates.has(slot!)),
      )
      .map((sentence) =>
        sentence.trim().replace(/\{([\w:]+)\}/g, (_, slot: string) => (dates.has(slot) ? '{date}' : '{text}')),
      ),
  )
}

/** Sentences of a text, written from the guide's, that the record says otherwise by now. */
export function outdatedNarrative(contents: CaseContents, documentation: Documentation, text: string): string[] {
  const fresh = STAGES.map((stage) => draftOf(contents, documentation, stage))
  return outdatedIn(text, fresh, passingIn(documentation.guide))
}
