// PINs: what is refused, and that a slot cannot be tried more often, or longer, than promised.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_PIN_TRIES, PinBox, pinProblem, type PinSlot } from '#core/pin.ts'

const DAY = '2026-11-23'
const slot = (userId: string, day = DAY): PinSlot => ({
  userId,
  vaultId: 'office',
  day,
  bytes: new Uint8Array(32).fill(7),
  sealed: { key: 'sealed' },
})

describe('a PIN', () => {
  it.each(['111111', '123456', '654321', '890123', '246802', '121212', '123123', '112211', '000000000000'])(
    '%s is refused as easy to guess',
    (pin) => expect(pinProblem(pin)).toMatch(/easy to guess/),
  )
  it.each(['', '12345', '1234567890123', '12a456', '１２３４５６', ' 482913'])('“%s” is no PIN', (pin) =>
    expect(pinProblem(pin)).toBe('Use 6 to 12 digits.'),
  )
  it.each(['482913', '071894', '3141592653'])('%s is taken', (pin) => expect(pinProblem(pin)).toBeNull())
})

describe('the box', () => {
  it('gives a slot three times, then never again, until it is kept anew (a fourth guess)', async () => {
    const box = new PinBox()
    await box.keep(slot('a'))
    for (let left = MOST_PIN_TRIES - 1; left >= 0; left -= 1)
      expect(await box.use('a', DAY)).toMatchObject({ left, slot: { userId: 'a' } })
    expect(await box.use('a', DAY)).toBeNull()
    expect(await box.people('office', DAY)).toEqual([])
    await box.keep(slot('a'))
    expect(await box.use('a', DAY)).toMatchObject({ left: 2 })
  })
  it('holds copies: what the host zeroes stays, what it holds is zeroed when a slot goes', async () => {
    const box = new PinBox()
    const given = slot('a')
    await box.keep(given)
    given.bytes.fill(0)
    const used = await box.use('a', DAY)
    expect(used!.slot.bytes).toEqual(new Uint8Array(32).fill(7))
    await box.clear()
    expect(await box.use('a', DAY)).toBeNull()
    expect(used!.slot.bytes[0], 'the copy of who asked is theirs').toBe(7)
  })
  it('no day but its own, no office but its own', async () => {
    const box = new PinBox()
    await box.keep(slot('a'))
    expect(await box.people('another office', DAY)).toEqual([])
    expect(await box.people('office', DAY)).toEqual(['a'])
    expect(await box.use('a', '2026-11-24')).toBeNull()
    expect(await box.use('a', DAY), 'the clock set back brings nothing back').toBeNull()
  })
  it('whatever is asked in whatever order, no slot is used more than three times between two keepings', async () => {
    const step = fc.record({ verb: fc.constantFrom('keep', 'use', 'drop', 'people'), id: fc.constantFrom('a', 'b') })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const box = new PinBox()
        const uses = new Map<string, number>()
        for (const { verb, id } of steps) {
          if (verb === 'keep') {
            await box.keep(slot(id))
            uses.set(id, 0)
          } else if (verb === 'drop') {
            await box.drop(id)
            uses.delete(id)
          } else if (verb === 'use') {
            const allowed = (uses.get(id) ?? MOST_PIN_TRIES) < MOST_PIN_TRIES
            expect((await box.use(id, DAY)) !== null).toBe(allowed)
            uses.set(id, (uses.get(id) ?? MOST_PIN_TRIES) + 1)
          } else await box.people('office', DAY)
        }
      }),
    )
  })
})
