// The short number that switches people on a shared PC for one day, and the box that holds what it opens: memory only.
import type { IsoDate } from './dates.ts'

const MIN_DIGITS = 6

/** Why a number is no PIN, in words; null when it may be one. Dates and keypad patterns are left to the third wrong try. */
export function pinProblem(pin: string): string | null {
  if (!/^\d{6,12}$/.test(pin)) return `Use ${MIN_DIGITS} to 12 digits.`
  const digits = pin.split('').map(Number)
  const steps = new Set(digits.slice(1).map((digit, index) => (digit - digits[index]! + 10) % 10))
  // One digit over and over, a row up or down, in even steps or not at all; or a short part again and again.
  const repeats = [2, 3].some((length) => pin === pin.slice(0, length).repeat(12).slice(0, pin.length))
  const isTrivial = steps.size === 1 || repeats || new Set(digits).size < 3
  return isTrivial ? 'This PIN is easy to guess. Use digits without a pattern.' : null
}

/** What a PIN opens. */
export interface PinSlot {
  userId: string
  /** Of which office. */
  vaultId: string
  /** The last day on which it opens anything. */
  day: IsoDate
  /** 32 random bytes that belong to the PIN: without them nothing can be tried. */
  bytes: Uint8Array
  /** The data key under PIN and bytes, and who its holder was when it was chosen: plain data. */
  sealed: unknown
}

/** More wrong tries than this, and the slot is gone. */
export const MOST_PIN_TRIES = 3

/** Where slots lie: in the memory of the process that outlives a lock. */
export interface PinKeeper {
  /** In the place of the same person's; its tries begin anew. */
  keep(slot: PinSlot): Promise<void>
  /** For one try, which counts as wrong until the slot is kept again; null when there is none today. `left`: further tries. */
  use(userId: string, day: IsoDate): Promise<{ slot: PinSlot; left: number } | null>
  drop(userId: string): Promise<void>
  clear(): Promise<void>
  /** Who has one for this office today. */
  people(vaultId: string, day: IsoDate): Promise<string[]>
}

// By value: a Buffer’s own slice shares its memory.
const copyOf = (slot: PinSlot): PinSlot => ({ ...slot, bytes: Uint8Array.from(slot.bytes) })

/** Never written anywhere; bytes are overwritten when a slot goes. */
export class PinBox implements PinKeeper {
  readonly #slots = new Map<string, { slot: PinSlot; tries: number }>()

  async keep(slot: PinSlot): Promise<void> {
    await this.drop(slot.userId)
    this.#slots.set(slot.userId, { slot: copyOf(slot), tries: 0 })
  }

  async use(userId: string, day: IsoDate): Promise<{ slot: PinSlot; left: number } | null> {
    this.#keepOnly(day)
    const held = this.#slots.get(userId)
    if (!held) return null
    held.tries += 1
    const answer = { slot: copyOf(held.slot), left: MOST_PIN_TRIES - held.tries }
    if (answer.left === 0) await this.drop(userId)
    return answer
  }

  async drop(userId: string): Promise<void> {
    this.#slots.get(userId)?.slot.bytes.fill(0)
    this.#slots.delete(userId)
  }

  async clear(): Promise<void> {
    for (const userId of this.#slots.keys()) await this.drop(userId)
  }

  async people(vaultId: string, day: IsoDate): Promise<string[]> {
    this.#keepOnly(day)
    return [...this.#slots.values()].filter(({ slot }) => slot.vaultId === vaultId).map(({ slot }) => slot.userId)
  }

  /** Midnight: also of a clock that was set back, as nobody knows then which day it was. */
  #keepOnly(day: IsoDate): void {
    for (const { slot } of this.#slots.values()) if (slot.day !== day) void this.drop(slot.userId)
  }
}
