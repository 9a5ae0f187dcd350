// Several payments at once: only those that add up, and of them only the claims that raise no question.
import type { OutputOf } from '#core/contract/index.ts'
import { countOf, formatMoney } from '../../lib/format.ts'
import { Progress } from '../../lib/progress.tsx'
import { explainError, useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Answer } from '../../ui/states.tsx'
import { postedWords } from './remittance-words.ts'

export function PostReadyDialog({ onClose }: { onClose: () => void }) {
  const query = useRoute('era.ready', {})
  return (
    <Dialog open onClose={onClose} title="Post what adds up">
      <Answer query={query}>{(ready) => <Ready ready={ready} onClose={onClose} />}</Answer>
    </Dialog>
  )
}

function Ready({ ready, onClose }: { ready: OutputOf<'era.ready'>; onClose: () => void }) {
  const { paymentIds, claims, amountCents } = ready
  const run = useCommand('era.postAll', { done: postedWords, expected: ['REFUSED'], onSuccess: onClose })
  if (paymentIds.length === 0)
    return (
      <>
        <p>No payment can be posted this way. Open each one to see what it needs.</p>
        <Actions>
          <Button autoFocus onClick={onClose}>
            Close
          </Button>
        </Actions>
      </>
    )
  return (
    <>
      <p>
        {`${countOf(paymentIds.length, 'payment')} of ${formatMoney(amountCents)} ${paymentIds.length === 1 ? 'adds' : 'add'} up, with ${countOf(claims, 'matched claim')}. `}
        Claims that ask for a check stay in their payment, with the reason.
      </p>
      {run.error && <Finding severity="warn">{explainError(run.error)}</Finding>}
      {run.isPending ? (
        <Progress label="Posting" />
      ) : (
        <Actions>
          <Button onClick={onClose}>Look at them first</Button>
          <Button variant="filled" autoFocus shortcut="mod+enter" onClick={() => run.mutate({ paymentIds })}>
            {`Post ${countOf(paymentIds.length, 'payment')}`}
          </Button>
        </Actions>
      )}
    </>
  )
}
