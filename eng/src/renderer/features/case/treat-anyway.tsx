// Asks why treatment is recorded while a required authorization is open; the reason is kept with user and date.
import type { AppError } from '#core/errors.ts'
import { isOverridable } from '../../lib/query.ts'
import { ConfirmWithReason } from '../../ui/dialog.tsx'

interface TreatAnywayProps {
  /** The command that was refused. */
  command: { error: AppError | null; isPending: boolean; reset: () => void }
  onConfirm: (overrideReason: string) => void
}

/** Opens by itself when the host refuses a treatment that may be recorded with a reason. */
export function TreatAnyway({ command, onConfirm }: TreatAnywayProps) {
  const { error, isPending, reset } = command
  return (
    <ConfirmWithReason
      open={isOverridable(error)}
      onClose={reset}
      title="Record the treatment without the authorization?"
      confirmLabel="Record anyway"
      onConfirm={onConfirm}
      busy={isPending}
    >
      {error?.message}
    </ConfirmWithReason>
  )
}
