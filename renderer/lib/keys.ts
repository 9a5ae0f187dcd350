// Keyboard shortcuts: one listener, one list. Single keys sleep while somebody types; dialogs shadow what lies below.
import { createContext, useContext, useLayoutEffect, useRef, useSyncExternalStore } from 'react'

/** `combo` is lower case: `n`, `?`, `enter`, `shift+d`, `mod+k` (Ctrl, or Command on a Mac). */
export interface Key {
  combo: string
  label: string
  run: () => void
  disabled?: boolean
  /** Also while a dialog is open: lock. */
  everywhere?: boolean
}
interface Entry {
  layer: number
  key: Key
}

let entries: readonly Entry[] = []
let layers: readonly number[] = []
const watchers = new Set<() => void>()

function announce(): void {
  for (const watcher of watchers) watcher()
}

/** How deep in dialogs this part is; 0 is the page. */
export const KeyLayer = createContext(0)

/** Shadows the keys below while `open`. @returns the depth to hand to `KeyLayer.Provider` */
export function useKeyLayer(open: boolean): number {
  const depth = useContext(KeyLayer) + 1
  // With what is drawn, not after it: a key pressed at once must find what it sees.
  useLayoutEffect(() => {
    if (!open) return undefined
    layers = [...layers, depth]
    announce()
    return () => {
      const index = layers.lastIndexOf(depth)
      layers = layers.filter((_, at) => at !== index)
      announce()
    }
  }, [open, depth])
  return depth
}

/** Keeps these shortcuts alive while the part is mounted; the latest mounted wins. */
export function useKeys(keys: readonly Key[]): void {
  const layer = useContext(KeyLayer)
  const latest = useRef(keys)
  useLayoutEffect(() => {
    latest.current = keys
  })
  const shape = keys.map((key) => `${key.combo}|${key.label}|${key.disabled ?? false}`).join('\n')
  useLayoutEffect(() => {
    const mine = latest.current.map((key, index) => ({
      layer,
      key: { ...key, run: () => latest.current[index]?.run() },
    }))
    entries = [...entries, ...mine]
    announce()
    return () => {
      entries = entries.filter((entry) => !mine.includes(entry))
      announce()
    }
  }, [layer, shape])
}

/** The shortcuts that work right now, for the overlay that `?` opens. */
export function useActiveKeys(): readonly Key[] {
  const all = useSyncExternalStore(subscribe, () => entries)
  const seen = new Set<string>()
  const result: Key[] = []
  for (const { key } of [...all].reverse()) {
    if (key.disabled || seen.has(key.combo)) continue
    seen.add(key.combo)
    result.unshift(key)
  }
  return result
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}

/** True where a letter belongs to the text being written. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}

function comboOf(event: KeyboardEvent): string {
  const name = event.key === ' ' ? 'space' : event.key.toLowerCase()
  const shifted = event.shiftKey && (name.length > 1 || /[a-z0-9]/.test(name))
  const parts = [event.ctrlKey || event.metaKey ? 'mod' : '', event.altKey ? 'alt' : '', shifted ? 'shift' : '', name]
  return parts.filter(Boolean).join('+')
}

/** The focused control takes Enter and Space for itself. */
function belongsToControl(combo: string, target: EventTarget | null): boolean {
  if (combo !== 'enter' && combo !== 'space') return false
  return target instanceof HTMLElement && target.closest('button, a, [role], summary, input, select') !== null
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return
  const combo = comboOf(event)
  const held = combo.startsWith('mod+') || combo.startsWith('alt+') || /^f\d+$/.test(combo)
  // In a field Ctrl+Z belongs to the text.
  const isEdit = combo === 'mod+z'
  if ((!held || isEdit) && (isTyping(event.target) || belongsToControl(combo, event.target))) return
  const top = Math.max(0, ...layers)
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const { layer, key } = entries[index]!
    if (key.combo !== combo || key.disabled || (layer !== top && !key.everywhere)) continue
    event.preventDefault()
    key.run()
    return
  }
}

if (typeof document !== 'undefined') document.addEventListener('keydown', onKeyDown)

const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac')
const NAMES: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  delete: 'Del',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

/** `mod+k` → `Ctrl+K`, as printed on buttons. */
export function keyLabel(combo: string): string {
  const parts = combo.split('+').map((part) => NAMES[part] ?? part.toUpperCase())
  return parts.join('+')
}

/** `mod+k` → `Control+K`, for aria-keyshortcuts. */
export function ariaKey(combo: string): string {
  return keyLabel(combo).replace('Ctrl', 'Control').replace('⌘', 'Meta').replace('Esc', 'Escape')
}
