// Lists that were imported before: each can be taken back as a whole while nobody has worked on it.
import { useState } from 'react'
import { countOf, formatInstant } from '../../../lib/format.ts'
import { explainError, useCommand, useRoute } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmWithReason } from '../../../ui/dialog.tsx'
import { Finding } from '../../../ui/finding.tsx'

export function Earlier() {
  const { data } = useRoute('authorization.listImports', {})
  const [asked, setAsked] = useState<{ id: string; rows: number } | null>(null)
  const undo = useCommand('authorization.undoImport', {
    expected: ['REFUSED'],
    done: ({ removed }) => (removed > 0 ? `Import undone: ${countOf(removed, 'case')}` : 'Import undone'),
  })
  if (!data || data.imports.length === 0) return null
  return (
    <section aria-label="Imported before">
      <h3>Imported before</h3>
      {undo.error && <Finding severity="warn">{explainError(undo.error)}</Finding>}
      <ul className="cw-stack">
        {data.imports.map((one) => (
          <li key={one.id} className="cw-row">
            <span>
              {formatInstant(one.at)} · {countOf(one.rows, 'row')} · {one.user}
            </span>
            {one.undone ? (
              <span className="cw-muted">undone</span>
            ) : (
              <Button variant="subtle" onClick={() => setAsked(one)}>
                Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmWithReason
        open={asked !== null}
        onClose={() => setAsked(null)}
        title="Undo the whole import?"
        confirmLabel="Undo"
        tone="block"
        onConfirm={(reason) => {
          if (asked) undo.mutate({ importId: asked.id, reason })
          setAsked(null)
        }}
      >
        {asked && `What came new with ${countOf(asked.rows, 'row')} is removed; what it changed is as it was before.`}
      </ConfirmWithReason>
    </section>
  )
}
