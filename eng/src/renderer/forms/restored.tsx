// Said above a form whose draft came back: for whom it was begun, so that nobody goes on with somebody else’s.
import { Button } from '../ui/button.tsx'
import { Finding } from '../ui/finding.tsx'

interface RestoredProps {
  form: { restored: boolean; discard: () => void }
  /** Whose it is. */
  about?: string
}

export function Restored({ form, about }: RestoredProps) {
  if (!form.restored) return null
  return (
    <Finding severity="info" action={<Button onClick={form.discard}>Start over</Button>}>
      {about ? `Continues what you started earlier for ${about}.` : 'Continues what you started earlier.'}
    </Finding>
  )
}
