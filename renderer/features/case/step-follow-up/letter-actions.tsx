// The letter on paper: rendered by the host on letterhead, printed or saved.
import type { AppealId } from '#core/ids.ts'
import { useCommand } from '../../../lib/query.ts'
import { Button } from '../../../ui/button.tsx'

export function LetterActions({ id, keys, stale = false }: { id: AppealId; keys: boolean; stale?: boolean }) {
  const pdf = useCommand('shell.savePdf', { done: ({ saved }) => (saved ? 'Letter saved' : '') })
  const print = useCommand('shell.print')
  const letter = { kind: 'appeal-letter' as const, id }
  return (
    <>
      <Button {...(keys && { shortcut: 'alt+p' })} onClick={() => print.mutate(letter)} disabled={stale}>
        Print letter
      </Button>
      <Button
        {...(keys && { shortcut: 'alt+l' })}
        onClick={() => pdf.mutate(letter)}
        disabled={stale}
        loading={pdf.isPending}
      >
        Letter as PDF
      </Button>
      {stale && <span className="cw-muted">Save first: paper shows what is saved.</span>}
    </>
  )
}
