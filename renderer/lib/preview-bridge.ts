// The browser preview's bridge: the same host behind a loopback page. Not used, and not reachable, in the packaged app.
import type { HostEvent } from '#core/contract/events.ts'
import type { Reply } from '#core/errors.ts'
import type { Bridge } from './client.ts'

const KEY = 'preview-token'

/** Takes the one-time token out of the address, so that it is neither bookmarked nor a route. */
function takeToken(): string {
  const found = /token=([\w-]+)/.exec(location.hash)
  if (found) {
    sessionStorage.setItem(KEY, found[1]!)
    history.replaceState(null, '', `${location.pathname}#/`)
  }
  return sessionStorage.getItem(KEY) ?? ''
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
  const token = takeToken()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return {
    async call(route, input) {
      try {
        const response = await fetch('call', {
          method: 'POST',
          headers,
          body: JSON.stringify({ route, input }, toJson),
        })
        return (await response.json()) as Reply<unknown>
      } catch {
        const message = 'The preview has stopped. Start it again with npm start.'
        return { ok: false, error: { code: 'INTERNAL', message, details: {} } }
      }
    },
    on(listener) {
      const source = new EventSource(`events?token=${encodeURIComponent(token)}`)
      source.addEventListener('message', (event: MessageEvent<string>) => {
        listener(JSON.parse(event.data) as HostEvent)
      })
      return () => source.close()
    },
  }
}
