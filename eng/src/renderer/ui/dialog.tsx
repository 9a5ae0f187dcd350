// Dialogs: the focus stays inside, Esc closes without losing what was typed (drafts keep it), keys below sleep.
import { getDefaultZIndex, Modal } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { KeyLayer, useKeyLayer } from '../lib/keys.ts'
import { Button } from './button.tsx'
import { TextAreaField } from './fields.tsx'
import { Form } from './form.tsx'
import classes from './kit.module.css'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: ReactNode
  children: ReactNode
  size?: 'md' | 'lg' | 'xl' | '90%'
  /** Without a visible title and close button: the palette. */
  bare?: boolean
  /** Over every other dialog: the map of keys. */
  onTop?: boolean
}

/**
 * A modal dialog, whose keys shadow those of the page. The first field with `autoFocus` gets the focus; closing gives it
 * back. Mantine's own header would be a second banner for screen readers.
 */
export function Dialog({ open, onClose, title, children, size = 'md', bare = false, onTop = false }: DialogProps) {
  const layer = useKeyLayer(open, onClose)
  useFocusBack(open)
  return (
    <Modal.Root
      opened={open}
      onClose={onClose}
      size={size === 'md' ? '34rem' : size}
      padding={bare ? 0 : 'md'}
      yOffset="9vh"
      returnFocus={false}
      closeOnEscape={false}
      {...(onTop && { zIndex: getDefaultZIndex('popover') })}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content>
        <div className={bare ? 'cw-hidden' : classes.modalHead}>
          <Modal.Title>{title}</Modal.Title>
          {!bare && <Modal.CloseButton aria-label="Close" />}
        </div>
        <Modal.Body>
          <KeyLayer.Provider value={layer}>{open && children}</KeyLayer.Provider>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** Gives the focus back where it was, at once and also when the dialog is unmounted: Mantine does neither. */
function useFocusBack(open: boolean): void {
  const [was, setWas] = useState<{ open: boolean; before: Element | null }>({ open: false, before: null })
  // While rendering: later the dialog's own field has the focus.
  if (open !== was.open) setWas({ open, before: open ? document.activeElement : was.before })
  const { before } = was
  useLayoutEffect(() => {
    if (!open) return undefined
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [open, before])
}

/** Actions at the foot of a dialog or form: the way on last, at the right. */
export function Actions({ children }: { children: ReactNode }) {
  return (
    <div className="cw-row" style={{ justifyContent: 'flex-end', marginTop: '0.5rem' }}>
      {children}
    </div>
  )
}

/** The host's own minimum. */
const MIN_REASON = 3

interface ConfirmWithReasonProps {
  open: boolean
  onClose: () => void
  title: string
  /** What follows from it, in one sentence. */
  children?: ReactNode
  reasonLabel?: string
  confirmLabel: string
  onConfirm: (reason: string) => void
  busy?: boolean
  tone?: 'accent' | 'block'
}

/** For overrides, waivers and removals: goes on only with a written reason. */
export function ConfirmWithReason(props: ConfirmWithReasonProps) {
  const { open, onClose, title, children, reasonLabel = 'Reason', confirmLabel, onConfirm, busy = false, tone } = props
  // Lives here, not inside the dialog, so that Esc and a second opening keep the words.
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const short = reason.trim().length < MIN_REASON
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
