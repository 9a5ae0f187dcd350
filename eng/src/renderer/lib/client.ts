// The one way to the host: typed calls and its events, over the preload bridge or the browser preview.
import type { InputOf, OutputOf, RouteName } from '#core/contract/index.ts'
import type { HostEvent } from '#core/contract/events.ts'
import { AppError } from '#core/errors.ts'
import type { Bridge } from './bridge.ts'
import { openPreviewBridge } from './preview-bridge.ts'

declare global {
  interface Window {
    claimwright?: Bridge
  }
}

let preview: Bridge | undefined

function bridge(): Bridge {
  if (window.claimwright) return window.claimwright
  preview ??= openPreviewBridge()
  return preview
}

/**
 * Asks the host.
 * @throws AppError with the code and message of the host's refusal
 */
export async function call<Name extends RouteName>(route: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
  const reply = await bridge().call(route, input)
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message, reply.error.details)
  return reply.data as OutputOf<Name>
}

const listeners = new Set<(event: HostEvent) => void>()
let stopListening: (() => void) | undefined

/** Hears every event of the host. @returns a function that stops it */
export function onHostEvent(listener: (event: HostEvent) => void): () => void {
  listeners.add(listener)
  stopListening ??= bridge().on((event) => {
    for (const each of listeners) each(event)
  })
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stopListening?.()
    stopListening = undefined
  }
}

/** File content as bytes, whether it came over IPC (bytes) or the preview (base64 text). */
export function bytesOf(content: Uint8Array | string): Uint8Array<ArrayBuffer> {
  if (typeof content !== 'string') return new Uint8Array(content)
  return Uint8Array.from(atob(content), (char) => char.charCodeAt(0))
}
