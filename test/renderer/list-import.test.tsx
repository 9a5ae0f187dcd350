// A list that is looked at, whatever it holds: what was said about one sheet is not said about another.
import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { setDraftOwner } from '#renderer/lib/drafts.ts'
import type { ListInput, ListPreview } from '#renderer/forms/import/list-preview.ts'
import { useListImport } from '#renderer/forms/import/use-list-import.ts'
import { ANA, fakeHost } from '../helpers/render.tsx'

beforeEach(() => {
  fakeHost()
  setDraftOwner(ANA.id)
})

// Bug: after something was said about the sheet of March, choosing that of April with the same headings showed March again.
it('another sheet with the same headings is that sheet', async () => {
  const asked: ListInput[] = []
  const idle = { reset: () => undefined, isPending: false, error: null }
  const preview = {
    ...idle,
    mutate(input: ListInput, options?: { onSuccess?: (found: ListPreview) => void }) {
      asked.push(input)
      options?.onSuccess?.({ ...EMPTY, sheet: input.sheet ?? 'March' })
    },
  }
  const run = { ...idle, mutate: () => undefined }
  const { result } = renderHook(() =>
    useListImport({ draft: 'x-import', noun: 'row', preview, run, undo: run, onClose: () => undefined }),
  )
  await act(async () => result.current.open([new File(['Name'], 'year.xlsx')]))
  await act(async () => result.current.say({ ignored: [1] }))
  await act(async () => result.current.turnTo({ sheet: 'April' }))
  expect(result.current.data?.sheet).toBe('April')
  expect(asked.at(-1)).toMatchObject({ sheet: 'April' })
  expect(asked.at(-1)).not.toHaveProperty('ignored')
})

const EMPTY: ListPreview = {
  sheets: ['March', 'April'],
  sheet: '',
  headingRow: 1,
  top: [],
  headings: ['Name', 'Note'],
  mapping: {},
  ignored: [],
  missing: [],
  asked: [],
  samples: [],
  questions: [],
  problems: [],
  leftOut: [],
  rows: 0,
  duplicates: 0,
  waiting: 0,
  notTaken: 0,
}
