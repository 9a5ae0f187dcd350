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
  /** The same as another, for where that one sleeps: not listed. */
  isSame?: boolean
}

/** Letters that mean one thing on every screen, with Alt from a field too: what a button with this key says. */
export const MEANINGS: Readonly<Record<string, RegExp>> = {
  c: /^Called/,
  n: /^Note/,
  z: /^Snooze/,
  a: /^Assign/,
  t: /^Add a task/,
  e: /^Edit/,
  x: /CSV|Export|packet/i,
  p: /^Print/,
}

/** What one shortcut registers: a letter by itself works with Alt while somebody types. */
export function keysFor(combo: string, key: Omit<Key, 'combo'>): Key[] {
  const plain = { ...key, combo }
  return /^[a-z]$/.test(combo) ? [plain, { ...key, combo: `alt+${combo}`, isSame: true }] : [plain]
}
interface Entry {
  layer: number
  key: Key
}

let entries: readonly Entry[] = []
/** Open dialogs: how deep each is, and how Escape closes it. */
let layers: readonly { depth: number; close: () => void }[] = []
const watchers = new Set<() => void>()

function announce(): void {
  for (const watcher of watchers) watcher()
}

/** How deep in dialogs this part is; 0 is the page. */
export const KeyLayer = createContext(0)

/** Deeper than any dialog: what opens over all of them. */
export const ABOVE_ALL = 100

const depthBelow = (limit: number) => Math.max(0, ...layers.map(({ depth }) => depth).filter((depth) => depth < limit))

/** Shadows the keys below while `open`; Escape closes the topmost only. @returns the depth to hand to `KeyLayer.Provider` */
export function useKeyLayer(open: boolean, onClose: () => void): number {
  const depth = useContext(KeyLayer) + 1
  const close = useRef(onClose)
  useLayoutEffect(() => {
    close.current = onClose
  })
  // With what is drawn, not after it: a key pressed at once must find what it sees.
  useLayoutEffect(() => {
    if (!open) return undefined
    const mine = { depth, close: () => close.current() }
    layers = [...layers, mine]
    announce()
    return () => {
      layers = layers.filter((one) => one !== mine)
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

/** The shortcuts that work right now, apart from the map's own, for the map that `?` and F1 open. */
export function useActiveKeys(): readonly Key[] {
  const all = useSyncExternalStore(subscribe, () => entries)
  const top = useSyncExternalStore(subscribe, () => depthBelow(ABOVE_ALL))
  const seen = new Set<string>()
  const result: Key[] = []
  for (const { key, layer } of [...all].reverse()) {
    if (key.disabled || key.isSame || seen.has(key.combo) || (layer !== top && !key.everywhere)) continue
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

/** What AltGr writes is text, though Windows reports it as Ctrl and Alt. */
const isTyped = (event: KeyboardEvent) => event.getModifierState('AltGraph')
const isHeld = (event: KeyboardEvent) => (event.ctrlKey || event.metaKey || event.altKey) && !isTyped(event)

/**
 * The letter or digit of a key that is held with Ctrl or Alt: a real keyboard sends `!` for Alt+Shift+1, `&` on a French one,
 * and a layout without Latin letters its own. The place of the key then says which one is meant.
 */
function nameOf(event: KeyboardEvent): string {
  const name = event.key === ' ' ? 'space' : event.key.toLowerCase()
  if (!isHeld(event) || /^[a-z0-9]$/.test(name)) return name
  return /^(?:Key|Digit)(.)$/.exec(event.code)?.[1]?.toLowerCase() ?? name
}

function comboOf(event: KeyboardEvent): string {
  const name = nameOf(event)
  const held = isHeld(event)
  // Where digits stand on the shifted level, Shift belongs to the digit, not to the shortcut.
  const shifted = event.shiftKey && (name.length > 1 || (held ? /[a-z0-9]/ : /[a-z]/).test(name))
  const mod = held && (event.ctrlKey || event.metaKey)
  return [mod ? 'mod' : '', held && event.altKey ? 'alt' : '', shifted ? 'shift' : '', name].filter(Boolean).join('+')
}

/** The focused control takes Enter and Space for itself. */
function belongsToControl(combo: string, target: EventTarget | null): boolean {
  if (combo !== 'enter' && combo !== 'space') return false
  return target instanceof HTMLElement && target.closest('button, a, [role], summary, input, select') !== null
}

function onKeyDown(event: KeyboardEvent): void {
  // Alone it would open the menu bar of the window, which takes the next letter.
  if (event.key === 'Alt') event.preventDefault()
  if (event.defaultPrevented || event.isComposing || event.repeat) return
  const combo = comboOf(event)
  const held = combo.startsWith('mod+') || combo.startsWith('alt+') || /^f\d+$/.test(combo)
  // In a field Ctrl+Z belongs to the text.
  const isEdit = combo === 'mod+z'
  if ((!held || isEdit) && (isTyping(event.target) || belongsToControl(combo, event.target))) return
  const top = depthBelow(Infinity)
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const { layer, key } = entries[index]!
    if (key.combo !== combo || key.disabled || (layer !== top && !key.everywhere)) continue
    event.preventDefault()
    key.run()
    return
  }
}

/** One Escape closes one dialog. An open list in it takes the key first. */
function onEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.isComposing) return
  const { target } = event
  if (target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true') return
  const top = depthBelow(Infinity)
  layers
    .filter(({ depth }) => depth === top)
    .at(-1)
    ?.close()
}

if (typeof document !== 'undefined') {
  document.addEventListener('keydown', onKeyDown)
  document.addEventListener('keyup', (event) => {
    if (event.key === 'Alt') event.preventDefault()
  })
  window.addEventListener('keydown', onEscape, { capture: true })
}

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

/** The digit for a place in a row: 1 to 9, then 0. @returns undefined beyond the tenth, which no digit reaches */
export function digitOf(index: number): string | undefined {
  return index < 10 ? String((index + 1) % 10) : undefined
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
