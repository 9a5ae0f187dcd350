// The shipped guides, parsed, and short ways to question them.
import { readdirSync, readFileSync } from 'node:fs'
import { choose, type EngineInput } from '#core/guide/choose.ts'
import { Guide, type Choice } from '#core/guide/schema.ts'

/** A shipped guide as parsed data. */
export function loadGuide(id: string): Guide {
  return Guide.parse(JSON.parse(readFileSync(`assets/guides/${id}.json`, 'utf8')))
}

export const bridges = loadGuide('bridges')
export const crowns = loadGuide('crowns')
export const endodontics = loadGuide('endodontics')
export const pain = loadGuide('pain')
export const periodontal = loadGuide('periodontal')
export const extractions = loadGuide('extractions')
export const guards = loadGuide('guards')
export const gums = loadGuide('gums')
export const implants = loadGuide('implants')
export const grafts = loadGuide('grafts')
export const sedation = loadGuide('sedation')
export const space = loadGuide('space')
export const surgery = loadGuide('surgery')
export const veneers = loadGuide('veneers')
export const exams = loadGuide('exams')
export const fillings = loadGuide('fillings')
export const prevention = loadGuide('prevention')
export const dentures = loadGuide('dentures')
export const other = loadGuide('other')
export const orthodontics = loadGuide('orthodontics')

/** All of them. */
export const SHIPPED = readdirSync('assets/guides').map((file) => loadGuide(file.replace('.json', '')))

/** Asks a guide on 2026-11-23 in phased mode unless told otherwise. */
export function ask(guide: Guide, facts: EngineInput['facts'], rest: Partial<EngineInput> = {}): Choice {
  return choose(guide, { facts, serviceDate: '2026-11-23', reportingMode: 'phased', ...rest })
}

/** `D3351`, `D4341@10`, `D3426x2`, additions with a plus. */
export function codes(choice: Choice): string[] {
  return choice.lines.map(
    (line) =>
      `${line.role === 'additional' ? '+' : ''}${line.code}${line.area ? `@${line.area}` : ''}${line.quantity ? `x${line.quantity}` : ''}`,
  )
}

export const findingIds = (choice: Choice): string[] => choice.findings.map((finding) => finding.id)
export const rejectedCodes = (choice: Choice): string[] => choice.rejected.map((one) => one.code)
export const missingIds = (choice: Choice): string[] => choice.missing.map((one) => one.fact)
