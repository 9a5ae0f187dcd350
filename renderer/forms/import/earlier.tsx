// Lists that were imported before: each can be undone as a whole.
import { useState } from 'react'
import type { OutputOf } from '#core/contract/index.ts'
import type { AppError } from '#core/errors.ts'
import { countOf, formatInstant } from '../../lib/format.ts'
import { explainError } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmWithReason } from '../../ui/dialog.tsx'
import { Finding } from '../../ui/finding.tsx'

type Imports = OutputOf<'authorization.listImports'>['imports']

/** What undoing an import did. @param noun what it brings: `patient` */
export function undoneWords(
  { removed, restored, stayed }: { removed: number; restored: number; stayed: number },
  noun: string,
): string {
  return [
    'Import undone',
    ...(removed > 0 ? [`${countOf(removed, noun)} removed`] : []),
    ...(restored > 0 ? [`${restored} as before`] : []),
    ...(stayed > 0 ? [`${stayed} worked on since ${stayed === 1 ? 'stays' : 'stay'}`] : []),
  ].join(', ')
}

interface EarlierProps {
  imports: Imports | undefined
  undo: { mutate: (input: { importId: string; reason: string }) => void; error: AppError | null }
}

export function Earlier({ imports, undo }: EarlierProps) {
  const [asked, setAsked] = useState<Imports[number] | null>(null)
  if (!imports || imports.length === 0) return null
  return (
    <section aria-label="Imported before">
      <h3>Imported before</h3>
      {undo.error && <Finding severity="warn">{explainError(undo.error)}</Finding>}
      <ul className="cw-stack">
        {imports.map((one) => (
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
