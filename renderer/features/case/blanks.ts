// Blanks of a drafted text, such as `[diagnosis]`: Tab goes to the next one, and out of the field where none is left.
import type { KeyboardEvent } from 'react'
import { blankFrom } from '#core/guide/narrative.ts'

/** Marks the first blank from there on; false when none is left. */
export function goToBlank(area: HTMLTextAreaElement | null, from: number): boolean {
  const blank = blankFrom(area?.value ?? '', from)
  if (blank) area?.setSelectionRange(...blank)
  return blank !== null
}

/** For the `onKeyDown` of such a text. */
export function tabToBlank(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Tab' || event.shiftKey || event.altKey || event.ctrlKey) return
  if (goToBlank(event.currentTarget, event.currentTarget.selectionEnd)) event.preventDefault()
}
