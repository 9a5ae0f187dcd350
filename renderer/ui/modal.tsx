// The shell of dialogs and of the palette: one named modal region, whose keys shadow those of the page.
import { getDefaultZIndex, Modal as MantineModal } from '@mantine/core'
import { useLayoutEffect, useState, type ReactNode } from 'react'
import { KeyLayer, useKeyLayer } from '../lib/keys.ts'
import classes from './kit.module.css'

interface ModalProps {
  open: boolean
  onClose: () => void
  title: ReactNode
  children: ReactNode
  size: string
  /** Without a visible title and close button: the palette. */
  bare?: boolean
  /** Over every other dialog: the map of keys. */
  onTop?: boolean
}

/** Use Dialog instead; Mantine's own header would be a second banner for screen readers. */
export function Modal({ open, onClose, title, children, size, bare = false, onTop = false }: ModalProps) {
  const layer = useKeyLayer(open, onClose)
  useFocusBack(open)
  return (
    <MantineModal.Root
      opened={open}
      onClose={onClose}
      size={size}
      padding={bare ? 0 : 'md'}
      yOffset="9vh"
      returnFocus={false}
      closeOnEscape={false}
      {...(onTop && { zIndex: getDefaultZIndex('popover') })}
    >
      <MantineModal.Overlay backgroundOpacity={0.35} />
      <MantineModal.Content>
        <div className={bare ? 'cw-hidden' : classes.modalHead}>
          <MantineModal.Title>{title}</MantineModal.Title>
          {!bare && <MantineModal.CloseButton aria-label="Close" />}
        </div>
        <MantineModal.Body>
          <KeyLayer.Provider value={layer}>{open && children}</KeyLayer.Provider>
        </MantineModal.Body>
      </MantineModal.Content>
    </MantineModal.Root>
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
