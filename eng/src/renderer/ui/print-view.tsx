// What the printer gets when the screen is not a document: hidden until printed.
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import classes from './kit.module.css'

/** Content for paper only. Letters and sheets are rendered by the host instead (`document.render`). */
export function PrintView({ children }: { children: ReactNode }) {
  return createPortal(<div className={classes.print}>{children}</div>, document.body)
}
