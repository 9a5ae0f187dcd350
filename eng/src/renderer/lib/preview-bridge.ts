// The browser preview's bridge: the same host behind a loopback page. Not used, and not reachable, in the packaged app.
import type { HostEvent } from '#core/contract/events.ts'
import type { Reply } from '#core/errors.ts'
import type { Bridge } from './bridge.ts'

/** Trades the one-time token of the address for the preview's cookie; a reload comes with the cookie already. */
async function enter(): Promise<void> {
  const found = /token=([\w-]+)/.exec(location.hash)
  if (!found) return
  history.replaceState(null, '', `${location.pathname}#/`)
  await fetch('session', { method: 'POST', headers: { authorization: `Bearer ${found[1]!}` } })
}

function toJson(_key: string, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value
  let text = ''
  for (let index = 0; index < value.length; index += 0x8000) {
    text += String.fromCharCode(...value.subarray(index, index + 0x8000))
  }
  return btoa(text)
}

export function openPreviewBridge(): Bridge {
  const entered = enter().catch(() => undefined)
  const headers = { 'content-type': 'application/json' }
  return {
    async call(route, input) {
      try {
        await entered
        const response = await fetch('call', {
          method: 'POST',
          headers,
          body: JSON.stringify({ route, input }, toJson),
        })
        return (await response.json()) as Reply<unknown>
      } catch {
        const message = 'The preview has stopped, or this address was used before. Start it again with npm start.'
        return { ok: false, error: { code: 'INTERNAL', message, details: {} } }
      }
    },
    on(listener) {
      let source: EventSource | null = null
      let left = false
      void entered.then(() => {
        if (left) return
        source = new EventSource('events')
        source.addEventListener('message', (event: MessageEvent<string>) => {
          listener(JSON.parse(event.data) as HostEvent)
        })
      })
      return () => {
        left = true
        source?.close()
      }
    },
  }
}
