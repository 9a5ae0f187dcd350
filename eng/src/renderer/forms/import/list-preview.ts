// What the preview of every list tells, and what a person says about one, whatever it holds.
import type { OutputOf } from '#core/contract/index.ts'
import type { AppError } from '#core/errors.ts'

type Common = 'sheets' | 'sheet' | 'headingRow' | 'top' | 'headings' | 'ignored' | 'missing' | 'samples' | 'questions'
type Counted = 'problems' | 'leftOut' | 'rows' | 'duplicates' | 'waiting' | 'notTaken'
export interface ListPreview extends Pick<OutputOf<'authorization.previewImport'>, Common | Counted> {
  mapping: Mapping
  asked: readonly { column: number; fields: readonly string[] }[]
}
/** Column of each field, counted from 0. */
export type Mapping = Readonly<Partial<Record<string, number>>>
export type Answers = Record<string, string>
/** What a column may hold. */
export type ListFields = readonly { id: string; label: string }[]

export interface ListSaid {
  sheet?: string
  headingRow?: number
  mapping?: Mapping
  ignored?: number[]
  answers?: Answers
}
export interface ListInput extends ListSaid {
  content?: Uint8Array<ArrayBuffer>
}
/** A command over a list, as `useCommand` gives it. */
export interface ListCommand<Input, Output> {
  mutate(input: Input, options?: { onSuccess?: (output: Output) => void }): void
  reset(): void
  isPending: boolean
  error: AppError | null
}
