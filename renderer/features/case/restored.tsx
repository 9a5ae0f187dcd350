// Said above a form whose draft came back.
import { Button } from '../../ui/button.tsx'

export function Restored({ form }: { form: { restored: boolean; discard: () => void } }) {
  if (!form.restored) return null
  return (
    <div className="cw-row">
      <span className="cw-muted">Continues what you started earlier.</span>
      <Button variant="subtle" onClick={form.discard}>
        Start over
      </Button>
    </div>
  )
}
