// The map of keys that work right now; `?` opens it.
import { useState } from 'react'
import { useActiveKeys, useKeys } from '../lib/keys.ts'
import { Dialog } from './dialog.tsx'
import { Kbd } from './kbd.tsx'
import classes from './kit.module.css'

/** Put once into the frame. */
export function KeyMap() {
  const [open, setOpen] = useState(false)
  const keys = useActiveKeys()
  useKeys([{ combo: '?', label: 'Show this map', run: () => setOpen(true) }])
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title="Keys on this screen" size="lg">
      <ul className={classes.keymap}>
        {keys.map((key) => (
          <li key={key.combo}>
            <span>{key.label}</span>
            <Kbd combo={key.combo} />
          </li>
        ))}
      </ul>
      <p className="cw-muted">Lists: arrows move, Enter opens, Home and End jump. Esc closes and loses nothing.</p>
    </Dialog>
  )
}
