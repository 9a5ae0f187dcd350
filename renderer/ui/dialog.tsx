// Dialogs: the focus stays inside, Esc closes without losing what was typed (drafts keep it), keys below sleep.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { TextAreaField } from './fields.tsx'
import { Form } from './form.tsx'
import { Modal } from './modal.tsx'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: ReactNode
  children: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl' | '90%'
}

/** A modal dialog. The first field with `autoFocus` gets the focus; closing gives it back. */
export function Dialog({ open, onClose, title, children, size = 'md' }: DialogProps) {
  return (
    <Modal open={open} onClose={onClose} title={title} size={size}>
      {children}
    </Modal>
  )
}

/** Actions at the foot of a dialog or form: the way on last, at the right. */
export function Actions({ children }: { children: ReactNode }) {
  return (
    <div className="cw-row" style={{ justifyContent: 'flex-end', marginTop: '0.5rem' }}>
      {children}
    </div>
  )
}

interface ConfirmWithReasonProps {
  open: boolean
  onClose: () => void
  title: string
  /** What follows from it, in one sentence. */
  children?: ReactNode
  reasonLabel?: string
  confirmLabel: string
  /** The host's own minimum. */
  minLength?: number
  onConfirm: (reason: string) => void
  busy?: boolean
  tone?: 'accent' | 'block'
}

/** For overrides, waivers and removals: goes on only with a written reason. */
export function ConfirmWithReason({
  open,
  onClose,
  title,
  children,
  reasonLabel = 'Reason',
  confirmLabel,
  minLength = 3,
  onConfirm,
  busy = false,
  tone = 'accent',
}: ConfirmWithReasonProps) {
  // Lives here, not inside the dialog, so that Esc and a second opening keep the words.
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const short = reason.trim().length < minLength
  // Kept until the dialog closes: what could not be saved is not typed twice.
  const confirmed = useRef(false)
  useEffect(() => {
    if (open || !confirmed.current) return
    confirmed.current = false
    setReason('')
    setAsked(false)
  }, [open])
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <Form
        busy={busy}
        onSubmit={() => {
          setAsked(true)
          if (short) return
          confirmed.current = true
          onConfirm(reason.trim())
        }}
      >
        {children && <p>{children}</p>}
        <TextAreaField
          label={reasonLabel}
          value={reason}
          onChange={setReason}
          autoFocus
          required
          error={asked && short ? 'Write a short reason; it is kept in the trail' : undefined}
        />
        <Actions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" tone={tone} loading={busy}>
            {confirmLabel}
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
