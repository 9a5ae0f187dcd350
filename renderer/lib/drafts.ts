// Unsaved input outlives a lock, a crash, a restart: every draft goes to the host 300 ms after the last key.
import { useCallback, useEffect, useRef, useState } from 'react'
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
let owner = ''

/** Whose drafts these are; null while nobody is signed in. What one person typed never lands with another. */
export function setDraftOwner(userId: string | null): void {
  owner = userId ?? ''
}

const keyOf = (scope: string) => `${owner} ${scope}`

async function save(key: string): Promise<void> {
  const entry = pending.get(key)
  if (!entry || entry.owner !== owner) return
  clearTimeout(entry.timer)
  pending.delete(key)
  try {
    await call('draft.save', { scope: entry.scope, value: entry.value })
  } catch {
    // A locked or failing vault cannot take it; it waits in memory for the next chance.
    if (!pending.has(key)) pending.set(key, { ...entry, timer: undefined })
  }
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
 * Form state that is kept by the host under `scope` (per user), such as `case.new` or `note:<caseId>`.
 * Not restored over something already typed. The value must be plain JSON.
 */
export function useDraft<T>(scope: string, initial: T): [T, (next: T | ((now: T) => T)) => void, DraftTools<T>] {
  const [value, setValue] = useState(initial)
  const [state, setState] = useState({ ready: false, restored: false })
  const current = useRef(value)
  const touched = useRef(false)

  useEffect(() => {
    let alive = true
    touched.current = false
    const key = keyOf(scope)
    const waiting = pending.get(key)
    const stored = waiting ? Promise.resolve(waiting) : call('draft.get', { scope })
    stored.then(
      (draft) => {
        if (!alive) return
        const found = !touched.current && draft.value !== null
        if (found) {
          current.current = draft.value as T
          setValue(draft.value as T)
        }
        setState({ ready: true, restored: found })
      },
      () => {
        if (alive) setState({ ready: true, restored: false })
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
      setValue(current.current)
      schedule(scope, current.current as Json)
    },
    [scope],
  )

  const discard = useCallback(
    (next: T = initial) => {
      clearTimeout(pending.get(keyOf(scope))?.timer)
      pending.delete(keyOf(scope))
      current.current = next
      setValue(next)
      setState({ ready: true, restored: false })
      call('draft.discard', { scope }).catch(() => undefined)
    },
    [scope, initial],
  )

  return [value, change, { discard, ...state }]
}
