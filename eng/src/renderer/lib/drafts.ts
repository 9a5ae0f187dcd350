// Unsaved input outlives a lock, a crash, a restart: every draft goes to the host 300 ms after the last key.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { InputOf } from '#core/contract/index.ts'
import { call } from './client.ts'

type Json = InputOf<'draft.save'>['value']

const DELAY = 300
interface Pending {
  owner: string
  scope: string
  value: Json
  timer: ReturnType<typeof setTimeout> | undefined
}
const pending = new Map<string, Pending>()
/** On its way to the host. */
const saving = new Map<string, Pending>()
let owner = ''

/** Whose drafts these are; null while nobody is signed in. What one person typed never lands with another. */
export function setDraftOwner(userId: string | null): void {
  owner = userId ?? ''
}

/**
 * The scope of a form about something that has no id yet: the same words lead to the same draft, other words to another one.
 * Scopes hold no names: two running hashes (FNV-1a with different primes) stand for them.
 */
export function scopeAbout(form: string, words: string): string {
  let [one, two] = [0x811c9dc5, 0x811c9dc5]
  for (let at = 0; at < words.length; at += 1) {
    one = Math.imul(one ^ words.charCodeAt(at), 0x01000193)
    two = Math.imul(two ^ words.charCodeAt(at), 0x9e3779b1)
  }
  return `${form}:${(one >>> 0).toString(36)}-${(two >>> 0).toString(36)}`
}

const keyOf = (scope: string) => `${owner} ${scope}`

/** By draft: what was last asked of the host about it and is not answered yet. */
const asked = new Map<string, Promise<unknown>>()

/** What is asked about one draft goes one after the other: the host answers a reading before a writing that waits its turn. */
function inTurn<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const run = asked.get(key)?.then(ask) ?? ask()
  const settled = run
    .catch(() => undefined)
    .then(() => {
      if (asked.get(key) === settled) asked.delete(key)
    })
  asked.set(key, settled)
  return run
}

async function save(key: string): Promise<void> {
  const entry = pending.get(key)
  if (!entry || entry.owner !== owner) return
  clearTimeout(entry.timer)
  pending.delete(key)
  saving.set(key, entry)
  try {
    await inTurn(key, () => {
      if (entry.owner !== owner) throw new Error('Somebody else is signed in now.')
      return call('draft.save', { scope: entry.scope, value: entry.value })
    })
  } catch {
    // A locked or failing vault cannot take it; it waits in memory for the next chance, unless it was discarded meanwhile.
    if (saving.get(key) === entry && !pending.has(key)) pending.set(key, { ...entry, timer: undefined })
  }
  if (saving.get(key) === entry) saving.delete(key)
}

function schedule(scope: string, value: Json): void {
  const key = keyOf(scope)
  clearTimeout(pending.get(key)?.timer)
  pending.set(key, { owner, scope, value, timer: setTimeout(() => void save(key), DELAY) })
}

/** Writes every waiting draft now: before a lock, when the window loses focus or closes. */
export async function flushDrafts(): Promise<void> {
  await Promise.all([...pending.keys()].map(save))
}

/** Whatever waits is given up: for tests, whose offices end with them. */
export function forgetDrafts(): void {
  for (const { timer } of pending.values()) clearTimeout(timer)
  for (const each of [pending, saving, asked]) each.clear()
}

if (typeof window !== 'undefined') {
  window.addEventListener('blur', () => void flushDrafts())
  window.addEventListener('pagehide', () => void flushDrafts())
}

interface DraftTools<T> {
  /** Forget what was typed: after it was saved, or on purpose. */
  discard: (next?: T) => void
  /** False until the host has said whether a draft exists; keep the form disabled no longer than this. */
  ready: boolean
  /** True when an earlier draft was brought back. */
  restored: boolean
}

/**
 * Form state that is kept by the host under `scope` (per user), such as `note:<caseId>`: it names what the form is about.
 * Not restored over something already typed. The value must be plain JSON. Without a scope it is not kept.
 */
export function useDraft<T>(scope: string | null, initial: T): [T, (next: T | ((now: T) => T)) => void, DraftTools<T>] {
  const fresh = { scope, value: initial, ready: scope === null, restored: false }
  const [held, setHeld] = useState(fresh)
  // Another scope is another form: nothing that was typed for one patient stays in that of the next.
  if (held.scope !== scope) setHeld(fresh)
  const start = useRef(initial)
  const current = useRef(initial)
  const touched = useRef(false)
  useLayoutEffect(() => {
    start.current = initial
  })
  useLayoutEffect(() => {
    current.current = start.current
    touched.current = false
  }, [scope])

  useEffect(() => {
    if (scope === null) return undefined
    let alive = true
    const key = keyOf(scope)
    const waiting = pending.get(key)
    const stored = waiting ? Promise.resolve(waiting) : inTurn(key, () => call('draft.get', { scope }))
    stored.then(
      (draft) => {
        if (!alive) return
        const found = !touched.current && draft.value !== null
        if (found) current.current = draft.value as T
        setHeld({ scope, value: current.current, ready: true, restored: found })
      },
      () => {
        if (alive) setHeld({ scope, value: current.current, ready: true, restored: false })
      },
    )
    return () => {
      alive = false
      void save(key)
    }
  }, [scope])

  const change = useCallback(
    (next: T | ((now: T) => T)) => {
      touched.current = true
      current.current = typeof next === 'function' ? (next as (now: T) => T)(current.current) : next
      const value = current.current
      setHeld((now) => ({ ...now, scope, value }))
      if (scope !== null) schedule(scope, current.current as Json)
    },
    [scope],
  )

  const discard = useCallback(
    (next: T = initial) => {
      current.current = next
      setHeld({ scope, value: next, ready: true, restored: false })
      if (scope === null) return
      clearTimeout(pending.get(keyOf(scope))?.timer)
      for (const drafts of [pending, saving]) drafts.delete(keyOf(scope))
      inTurn(keyOf(scope), () => call('draft.discard', { scope })).catch(() => undefined)
    },
    [scope, initial],
  )

  return [held.value, change, { discard, ready: held.ready, restored: held.restored }]
}
