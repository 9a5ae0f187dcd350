// Binds fields to the claim form by path, and puts each finding beside the field that mends it.
import type { ReactNode } from 'react'
import type { ClaimFinding, ClaimForm, ClaimLineInput } from '#core/claim/schema.ts'
import { StatusTag } from '../../../ui/status-tag.tsx'

export type DraftLine = ClaimLineInput & { id?: string }
export interface ClaimDraft {
  /** The version of the claim that these changes began from. */
  version: number
  form: ClaimForm
  lines: DraftLine[]
  /** Of the claim that a corrected one replaces. */
  payerClaimNumber: string
}
interface Remarks {
  error?: string
  hint?: ReactNode
}
/** What is to be said at a path such as `subscriber.lastName` or `lines.0.tooth`. */
export type RemarksAt = (path: string) => Remarks

/** Refused input first, then what blocks the claim, then warnings and hints. */
export function remarksOf(findings: readonly ClaimFinding[], refused: Record<string, string>): RemarksAt {
  return (path) => {
    const wrong = refused[`form.${path}`] ?? refused[path]
    if (wrong) return { error: wrong }
    const here = findings.filter((finding) => finding.field === path)
    const block = here.find((finding) => finding.severity === 'block')
    if (block) return { error: block.message }
    const first = here[0]
    if (!first) return {}
    return {
      hint: (
        <StatusTag tone={first.severity === 'warn' ? 'warn' : 'info'}>
          <span data-look style={{ whiteSpace: 'normal' }}>
            {first.message}
          </span>
        </StatusTag>
      ),
    }
  }
}

/** A part of the claim form: where it stands, what it holds. */
export interface Bound<T> {
  name: string
  value: T
  onChange: (next: T) => void
}

/** `const subscriber = binder(top('subscriber'), remarks)`; then `{...subscriber('lastName')}`. */
export function binder<T extends object>({ name, value, onChange }: Bound<T>, remarks: RemarksAt) {
  return <K extends keyof T & string>(key: K) => {
    const path = name === '' ? key : `${name}.${key}`
    const change = (next: T[K]) => onChange({ ...value, [key]: next })
    return { name: path, value: value[key], onChange: change, ...remarks(path) }
  }
}

export interface SectionProps {
  form: ClaimForm
  set: (part: Partial<ClaimForm>) => void
  /** Binds a field to the form. */
  top: <K extends keyof ClaimForm>(key: K) => Bound<ClaimForm[K]> & Remarks
  remarks: RemarksAt
}
