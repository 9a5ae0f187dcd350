// The author's mistake is taken back with a reason; Ctrl+Z does it where it was the last act.
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { ConfirmWithReason } from '../../ui/dialog.tsx'
import { useCommand } from '../../lib/query.ts'

interface TakeBackProps {
  route: 'authorization.undo' | 'claim.undo' | 'appeal.undo'
  of: { id: string; version: number }
  /** The one the keys work on. */
  latest: boolean
}

export function TakeBack({ route, of: { id, version }, latest }: TakeBackProps) {
  const [undoing, setUndoing] = useState(false)
  const undo = useCommand(route, { done: 'Undone', onSuccess: () => setUndoing(false) })
  return (
    <>
      <div className="cw-row">
        <Button variant="subtle" {...(latest && { shortcut: 'alt+b' })} onClick={() => setUndoing(true)}>
          Undo the last step
        </Button>
      </div>
      <ConfirmWithReason
        open={undoing}
        onClose={() => setUndoing(false)}
        title="Undo the last step?"
        confirmLabel="Undo"
        onConfirm={(reason) => undo.mutate({ id, version, reason })}
        busy={undo.isPending}
      >
        The step and its undoing both stay in the history.
      </ConfirmWithReason>
    </>
  )
}
