// Claimwright opens when this person signs in to the computer: a setting of the system, for this person only.
import { app } from 'electron'

/** Null where the system knows no such setting, or this copy runs from its sources. */
export function opensAtSignIn(): boolean | null {
  const isKnown = app.isPackaged && (process.platform === 'win32' || process.platform === 'darwin')
  return isKnown ? app.getLoginItemSettings().openAtLogin : null
}

export function setOpensAtSignIn(on: boolean): void {
  if (opensAtSignIn() !== null) app.setLoginItemSettings({ openAtLogin: on })
}
