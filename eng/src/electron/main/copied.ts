// What was copied here leaves the clipboard again: a minute later, and when the app closes.
import { createHash } from 'node:crypto'
import { clipboard } from 'electron'

const CLIPBOARD_MS = 60_000

/** Digest of what was copied last and may still lie in the clipboard. */
let copied = ''

/** Puts a text into the clipboard for a minute. */
export function copy(text: string): void {
  void clipboard.writeText(text)
  copied = digest(text)
  const mine = copied
  setTimeout(() => {
    if (copied === mine) void forgetCopied()
  }, CLIPBOARD_MS).unref()
}

/** Empties the clipboard when it still holds what was copied here. */
export async function forgetCopied(): Promise<void> {
  const mine = copied
  copied = ''
  // Electron 45 answers with a promise, older ones with the text.
  if (mine && digest(await clipboard.readText()) === mine) clipboard.clear()
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
