// Into the demo practice and out of it: another folder takes the place of the office's for everybody.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import { clearUnlessDemo, DEMO_USER, demoSecret, type Founder, makeDemo } from './demo-office.ts'
import { Office } from './office.ts'
import type { Seat } from './seat.ts'

/** @param isBroken the demo that is there was found damaged: it is made anew */
export async function visitDemo(
  office: Office,
  self: Seat,
  founderOf: (office: Office) => Founder,
  signIn: (input: ParsedInputOf<'session.signIn'>) => Promise<unknown>,
  isBroken = false,
): Promise<Record<string, never>> {
  refuseForOthers(office, self)
  const { options } = office
  const dataDir = join(options.dataDir, 'demo')
  const isThere = await clearUnlessDemo(dataDir, office.backups, isBroken)
  office.leave()
  await office.settle()
  office.turnToDemo(true)
  rmSync(office.paths.lock, { force: true })
  if (!isThere) {
    const fresh = new Office({ ...options, dataDir, scryptN: 2 ** 12 })
    await makeDemo(fresh, founderOf(fresh), demoSecret(dataDir))
  }
  try {
    await signIn({ name: DEMO_USER, password: readFileSync(demoSecret(dataDir), 'utf8') })
    return {}
  } catch (error) {
    if (!isThere || !(error instanceof AppError) || error.code !== 'DATA_DAMAGED') throw error
    office.problem = null
    return visitDemo(office, self, founderOf, signIn, true)
  }
}

export async function leaveDemo(office: Office, self: Seat): Promise<Record<string, never>> {
  if (!office.isDemo) return {}
  refuseForOthers(office, self)
  await office.drop()
  office.turnToDemo(false)
  office.announce({ type: 'locked', reason: 'user' })
  return {}
}

/** @throws REFUSED while somebody works in it at another PC */
function refuseForOthers(office: Office, self: Seat): void {
  const isUsed = [...office.seats].some((seat) => seat !== self && seat.principal !== null)
  const words = 'Somebody is signed in at another PC.'
  if (isUsed) throw new AppError('REFUSED', words, { reasons: [words] })
}
