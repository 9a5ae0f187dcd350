// Renders a screen or the whole app against a fake host: replies by route, a record of what was asked, events at will.
import { MantineProvider } from '@mantine/core'
import { Toasts } from '#renderer/lib/notify.tsx'
import { QueryClientProvider } from '@tanstack/react-query'
import { render, type RenderResult } from '@testing-library/react'
import { act, type ReactNode } from 'react'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import type { HostEvent } from '#core/contract/events.ts'
import { contract, type InputOf, type OutputOf, type RouteName } from '#core/contract/index.ts'
import { AppError, type Reply } from '#core/errors.ts'
import { App } from '#renderer/app.tsx'
import { createQueryClient } from '#renderer/lib/cache.ts'
import type { KnownSession } from '#renderer/lib/session.ts'
import { TodayProvider } from '#renderer/lib/use-today.ts'
import { theme } from '#renderer/theme.ts'
import type { EmptyHost } from './test-host.ts'

/** A value, or a function of the input; throwing an AppError answers with its envelope. */
export type Replies = { [N in RouteName]?: OutputOf<N> | ((input: InputOf<N>) => OutputOf<N>) }

export const TODAY = '2026-11-23'
export const ANA = { id: '019ab000-0000-7000-8000-00000000000a', name: 'Ana', role: 'owner' } as KnownSession['user'] &
  object

export function aSession(part: Partial<KnownSession> = {}): KnownSession {
  return {
    state: 'open',
    demo: false,
    readOnly: false,
    officeName: 'Example Dental',
    today: TODAY,
    user: ANA,
    users: [{ id: ANA.id, name: ANA.name, pin: false }],
    lockedBy: null,
    autoLockMinutes: 10,
    problem: null,
    appVersion: '0.1.0',
    restored: null,
    ...part,
  }
}

export const NO_BACKUPS: OutputOf<'backup.list'> = {
  backups: [],
  secondPlace: null,
  secondPlaceProblem: null,
  lastOffDisk: null,
  problem: null,
  drill: null,
  atRisk: null,
}

export interface FakeHost {
  /** Every call so far, oldest first. */
  calls: { route: string; input: unknown }[]
  asked: <N extends RouteName>(route: N) => InputOf<N>[]
  replies: Replies
  emit: (event: HostEvent) => void
}

/** Puts a real host, in this process, behind window.claimwright. */
export function putBehind({ host }: Pick<EmptyHost, 'host'>): void {
  window.claimwright = { call: (route, input) => host.call(route, input), on: (listener) => host.on(listener) }
}

/** Puts a fake host behind window.claimwright. Inputs and outputs are checked against the contract. */
export function fakeHost(replies: Replies = {}): FakeHost {
  const drafts = new Map<string, OutputOf<'draft.get'>['value']>()
  const listeners = new Set<(event: HostEvent) => void>()
  const host: FakeHost = {
    calls: [],
    asked: (route) => host.calls.filter((each) => each.route === route).map(({ input }) => input as never),
    replies: {
      'session.status': aSession(),
      'session.activity': {},
      'backup.list': NO_BACKUPS,
      'guide.list': { guides: [] },
      'guide.problems': { problems: [] },
      'search.find': { hits: [] },
      'draft.get': ({ scope }) => ({ value: drafts.get(scope) ?? null }),
      'draft.save': ({ scope, value }) => {
        drafts.set(scope, value)
        return {}
      },
      'draft.discard': ({ scope }) => {
        drafts.delete(scope)
        return {}
      },
      ...replies,
    },
    emit: (event) =>
      act(() => {
        for (const listener of listeners) listener(event)
      }),
  }
  window.claimwright = {
    async call(name, input): Promise<Reply<unknown>> {
      const route = name as RouteName
      host.calls.push({ route, input })
      const reply = host.replies[route] as unknown
      if (reply === undefined) throw new Error(`The test gives no reply for ${name}`)
      const parsed = contract[route].input.safeParse(input)
      if (!parsed.success) {
        return {
          ok: false,
          error: { code: 'INVALID_INPUT', message: 'Input', details: { issues: parsed.error.issues } },
        }
      }
      try {
        const data: unknown = typeof reply === 'function' ? (reply as (input: unknown) => unknown)(input) : reply
        return { ok: true, data: contract[route].output.parse(await data) }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return { ok: false, error: { code: error.code, message: error.message, details: error.details } }
      }
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return host
}

/** The whole app, from the gate on. `path` such as `/cases/1`. */
export function renderWholeApp(replies: Replies = {}, path = '/'): FakeHost & RenderResult {
  const host = fakeHost(replies)
  location.hash = `#${path}`
  return { ...render(<App client={createQueryClient()} />), ...host }
}

/** One screen or part with everything it may need around it. */
export function renderApp(
  ui: ReactNode,
  { replies = {}, path = '/' }: { replies?: Replies; path?: string } = {},
): FakeHost & RenderResult {
  const host = fakeHost(replies)
  location.hash = `#${path}`
  const client = createQueryClient()
  client.setQueryData(['session.status', {}], host.replies['session.status'])
  const result = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={client}>
        <Router hook={useHashLocation}>
          <TodayProvider value={TODAY}>
            <Toasts />
            {ui}
          </TodayProvider>
        </Router>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return { ...result, ...host }
}
