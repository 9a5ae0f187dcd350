// What the host tells the UI unasked. Plain types: the host is trusted.
import type { Topic } from './route.ts'

export type HostEvent =
  /** Cached answers on these topics are out of date. */
  | { type: 'changed'; topics: readonly Topic[] }
  /** How far a command that takes its time has come; `session.cancelWork` stops it. */
  | { type: 'progress'; done: number; total: number }
  /** Somebody locked or quits: what the host still does before the key is gone and the process may end. */
  | { type: 'closing'; step: 'backup' | 'copy' }
  /** It ends without the closing backup, which failed: why, in words for a person. */
  | { type: 'not-backed-up'; message: string }
  /** The session ended: forget everything on screen and show the lock screen. */
  | { type: 'locked'; reason: 'user' | 'idle' | 'system' }
  /** The computer locks or sleeps: save drafts now, then call `session.lock`. */
  | { type: 'lock-soon' }
  /** A menu item or global key of the shell; the UI decides what it means. */
  | { type: 'menu'; action: MenuAction }

export type MenuAction =
  | 'new-case'
  | 'new-patient'
  | 'new-window'
  | 'print'
  | 'palette'
  | 'lock'
  | 'settings'
  | 'help'
  | 'diagnostics'
  | 'keys'
  | 'backup'
