// A list that is looked at: what it would bring, what was said about it, and bringing it in.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import { headingsKey } from '#core/import/headings.ts'
import { useDraft } from '../../lib/drafts.ts'
import { countOf } from '../../lib/format.ts'
import { showToast } from '../../lib/notify.tsx'
import type { ListCommand, ListInput, ListPreview, ListSaid } from './list-preview.ts'

type OpenList = ListInput & { fileName: string }

/** What somebody has said about a list; the list itself stays in its file. */
export interface Kept extends Required<Omit<ListSaid, 'sheet'>> {
  fileName: string
  headings: string
  sheet: string | null
  leaveOut: boolean
}

/** A list's command that is always sent with something more: where its rows go. */
export const withExtra = <Input, Output, Extra extends object>(
  command: ListCommand<Input & Extra, Output>,
  extra: Extra,
): ListCommand<Input, Output> => ({
  ...command,
  mutate: (input, options) => command.mutate({ ...input, ...extra }, options),
})

export interface ListKind<Preview extends ListPreview> {
  /** Under which what was said is kept until it is imported: it outlives a lock or a crash. */
  draft: string
  /** What it makes: `patient`; by what the list holds, where that differs. */
  noun: string | ((preview: Preview) => string)
  preview: ListCommand<ListInput, Preview>
  run: ListCommand<ListInput & { leaveOutProblems: boolean }, Imported>
  undo: { mutate(input: { importId: string }): void }
  onClose: () => void
}
type Imported = Pick<OutputOf<'patient.import'>, 'importId' | 'imported' | 'changed'>

export function useListImport<Preview extends ListPreview>(kind: ListKind<Preview>) {
  const { preview, run, undo } = kind
  const [list, setList] = useState<OpenList | null>(null)
  const [kept, keep, { discard }] = useDraft<Kept | null>(kind.draft, null)
  /** Stays while a changed column is looked at again, so that the focus stays in it. */
  const [data, setData] = useState<Preview | null>(null)
  /** Every question that came up, also those that are answered by now. */
  const [questions, setQuestions] = useState<Preview['questions']>([])
  const leaveOut = kept?.leaveOut ?? false
  /** @param said what was said about a list before: it holds for one with the same headings */
  function look({ fileName, ...next }: OpenList, said: Kept | null): void {
    setList({ fileName, ...next })
    preview.mutate(next, {
      onSuccess: (found) => {
        const isKnown = said !== null && said.headings === headingsKey(found.headings)
        setQuestions((known) => [...known, ...found.questions.filter((one) => known.every(({ id }) => id !== one.id))])
        if (isKnown && !next.mapping) look({ fileName: said.fileName, ...next, ...saidOf(said) }, null)
        else setData(found)
      },
    })
  }
  async function open([file]: readonly File[]): Promise<void> {
    if (!file) return
    const same = kept?.fileName === file.name ? kept : null
    setQuestions([])
    const opened = {
      fileName: file.name,
      content: new Uint8Array(await file.arrayBuffer()),
      ...(same?.sheet && { sheet: same.sheet }),
      ...(same && { headingRow: same.headingRow }),
    }
    look(opened, kept)
  }
  /** Says something about the list that is looked at, and looks at it again. */
  const say = (part: Partial<Omit<Kept, 'fileName' | 'headings'>>) => {
    if (!list || !data) return
    const { mapping, ignored, headingRow } = data
    const answers = kept?.answers ?? {}
    const said = { sheet: list.sheet ?? null, headingRow, mapping, ignored, answers, leaveOut, ...part }
    keep({ fileName: list.fileName, headings: headingsKey(data.headings), ...said })
    if (part.leaveOut === undefined) look({ ...list, ...saidOf(said) }, null)
  }
  /** Other columns altogether: what was said about these does not hold for them. */
  const turnTo = (part: Pick<ListSaid, 'sheet' | 'headingRow'>) => {
    if (!list) return
    const { fileName, content, sheet } = list
    discard()
    setQuestions([])
    look({ fileName, ...(content && { content }), ...(sheet && { sheet }), ...part }, null)
  }
  return {
    list,
    kept,
    data,
    questions,
    answers: kept?.answers ?? {},
    leaveOut,
    say,
    turnTo,
    open: (files: readonly File[]) => void open(files),
    close: () => {
      preview.reset()
      setData(null)
      setList(null)
    },
    bring: () => {
      if (!list || !data) return
      const { fileName: _, ...file } = list
      const { mapping, ignored } = data
      const noun = typeof kind.noun === 'string' ? kind.noun : kind.noun(data)
      const input = { ...file, mapping, ignored, answers: kept?.answers ?? {}, leaveOutProblems: leaveOut }
      run.mutate(input, {
        onSuccess: ({ importId, imported, changed }) => {
          discard()
          showToast({
            message: [
              ...(imported > 0 || changed === 0 ? [`${countOf(imported, noun)} imported`] : []),
              ...(changed > 0 ? [`${countOf(changed, noun)} changed`] : []),
            ].join(', '),
            ...(importId && {
              action: { label: 'Undo', run: () => undo.mutate({ importId }), shortcut: 'mod+z' },
            }),
          })
          kind.onClose()
        },
      })
    },
    isLooking: preview.isPending,
    isImporting: run.isPending,
    errors: [preview.error, run.error].filter((error) => error !== null),
  }
}
export type ListImport<Preview extends ListPreview> = ReturnType<typeof useListImport<Preview>>

const saidOf = ({
  sheet,
  headingRow,
  mapping,
  ignored,
  answers,
}: Omit<Kept, 'fileName' | 'headings' | 'leaveOut'>) => ({
  ...(sheet && { sheet }),
  headingRow,
  mapping,
  ignored,
  answers,
})
