// The map of keys that work right now; `?` and the menu open it.
import { ABOVE_ALL, KeyLayer, useActiveKeys, useKeys } from '../lib/keys.ts'
import { Kbd } from './kbd.tsx'
import classes from './kit.module.css'
import { Dialog } from './dialog.tsx'

/** Put once into the frame. */
export function KeyMap({ open, onOpen, onClose }: { open: boolean; onOpen: () => void; onClose: () => void }) {
  useKeys([{ combo: '?', label: 'Show this map', run: onOpen }])
  return (
    <KeyLayer.Provider value={ABOVE_ALL}>
      <Dialog open={open} onClose={onClose} title="Keys on this screen" size="lg" onTop>
        <ActiveKeys />
        <p className="cw-muted">Lists: arrows move, Enter opens, Home and End jump. Esc closes and loses nothing.</p>
      </Dialog>
    </KeyLayer.Provider>
  )
}

/** Each key with what it does, as they work on the page or in the dialog below. */
export function ActiveKeys() {
  const keys = useActiveKeys()
  return (
    <ul className={classes.keymap}>
      {keys.map((key) => (
        <li key={key.combo}>
          <span>{key.label}</span>
          <Kbd combo={key.combo} />
        </li>
      ))}
    </ul>
  )
}
