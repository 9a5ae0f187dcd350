// Once a morning the system says how many authorizations need a touch: a count, never a name.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, Notification } from 'electron'
import type { OutputOf } from '#core/contract/index.ts'
import type { Reply } from '#core/errors.ts'

const FROM_HOUR = 6
const TO_HOUR = 12
const LOOK_EVERY_MS = 10 * 60_000

interface MorningOptions {
  host: (route: string, input: unknown) => Promise<Reply<unknown>>
  /** A click on the message. */
  open: () => void
}

/** @returns looks now: call it when somebody has signed in; it also looks by itself now and then */
export function watchMorning({ host, open }: MorningOptions): () => void {
  const told = join(app.getPath('userData'), 'morning-notice')
  let latest = existsSync(told) ? readFileSync(told, 'utf8') : ''
  const look = async () => {
    const now = new Date()
    const today = now.toDateString()
    if (latest === today || now.getHours() < FROM_HOUR || now.getHours() >= TO_HOUR) return
    const reply = await host('authorization.morningCount', {})
    if (!reply.ok || latest === today) return
    latest = today
    try {
      writeFileSync(told, today)
    } catch {
      // Then it may say it twice after a restart.
    }
    const { count } = reply.data as OutputOf<'authorization.morningCount'>
    if (count === null || count === 0 || !Notification.isSupported()) return
    const body = `${count} ${count === 1 ? 'authorization needs' : 'authorizations need'} a touch today`
    const notice = new Notification({ title: 'Claimwright', body })
    notice.on('click', open)
    notice.show()
  }
  setInterval(() => void look(), LOOK_EVERY_MS).unref()
  return () => void look()
}
