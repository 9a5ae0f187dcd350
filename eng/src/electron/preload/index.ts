// The only door between the page and the app: ask by route, hear events. Sandboxed; nothing else is exposed.
import { contextBridge, ipcRenderer } from 'electron'
import type { HostEvent } from '#core/contract/events.ts'

contextBridge.exposeInMainWorld(
  'claimwright',
  Object.freeze({
    call: (route: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('call', route, input),
    on: (listener: (event: HostEvent) => void): (() => void) => {
      const hear = (_event: unknown, data: HostEvent) => listener(data)
      ipcRenderer.on('event', hear)
      return () => void ipcRenderer.removeListener('event', hear)
    },
  }),
)
