// A host and the one PC at it: a practice on a single PC, scripts and tests.
import { hostname } from 'node:os'
import { type Connection, createHost, type Host, type HostOptions } from './host.ts'

/** `close` closes the host. */
export interface LoneHost extends Pick<Connection, 'call' | 'on'>, Pick<Host, 'vault' | 'spent' | 'close'> {}

export function openAlone(options: HostOptions): LoneHost {
  const host = createHost(options)
  const { call, on } = host.connect({ workstation: hostname() })
  return {
    call,
    on,
    spent: () => host.spent(),
    close: () => host.close(),
    get vault() {
      return host.vault
    },
  }
}
