// A key printed beside what it does.
import { keyLabel } from '../lib/keys.ts'
import classes from './kit.module.css'

/** Decorative: the control itself carries aria-keyshortcuts. */
export function Kbd({ combo, bright = false }: { combo: string; bright?: boolean }) {
  return (
    <kbd aria-hidden className={bright ? `${classes.kbd} ${classes.kbdBright}` : classes.kbd}>
      {keyLabel(combo)}
    </kbd>
  )
}
