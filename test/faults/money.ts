// Money under fire: random sequences of posting, reversal, correction, taking back, kill and restart keep every sum.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eraFile } from '#host/demo/era-file.ts'
import { createD3353, eobOf, sendClaim, setVisits } from '#test/helpers/d3353.ts'
import { openDesk, quietOffice } from './desk.ts'
import { chances, type Outcome } from './outcome.ts'

const CHARGE = 850
/** By hand comes the paper of the day before. */
const BY_FILE = '2026-11-23'
const BY_HAND = '2026-11-22'
interface Decision {
  /** In dollars: paid, off by contract, the patient's; negative where a payer takes back. */
  paid: number
  off: number
  patient: number
  /** The claim's number as the payer knows it. */
  claim: string
  /** The day of its payment. */
  on: string
}
const sumOf = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((sum, one) => sum + of(one), 0)
/**
 * What is taken off and left to the patient by money's law (architecture.md), said anew and without the program's own functions: of
 * decisions on the whole charge the newest stands; a reversal takes the newest like it with it, else the newest of the same payment,
 * wherever that stands; one that finds none leaves nothing standing. Of a claim that a decided one corrects nothing stands.
 */
function standingOf(posted: readonly Decision[], original: string): Pick<Decision, 'off' | 'patient'> {
  const inOrder = [...posted].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const isCorrected = inOrder.some((one) => one.claim !== original)
  const left: Decision[] = []
  for (const one of inOrder.filter(({ claim }) => !isCorrected || claim !== original)) {
    const pays = ({ paid }: Decision) => paid === -one.paid && paid > 0
    const same = left.filter(pays)
    const taken = same.filter((before) => before.off === -one.off).at(-1) ?? same.at(-1)
    if (taken) left.splice(left.indexOf(taken), 1)
    else left.push(one)
  }
  const last = left.at(-1)
  return last && last.paid > 0 ? last : { off: 0, patient: 0 }
}
const STEPS = ['by hand', 'by file', 'corrected', 'reversal', 'reversal', 'taken back', 'restart'] as const

/** An office with many cases takes longer to open after each kill. */
const MOST_IN_ONE = 40

/** @param times sequences, in offices of their own that are filled beside each other */
export async function moneyUnderFire(times: number): Promise<Outcome> {
  const sizes = Array.from({ length: Math.ceil(times / MOST_IN_ONE) }, (_, at) =>
    Math.min(MOST_IN_ONE, times - at * MOST_IN_ONE),
  )
  const found: Awaited<ReturnType<typeof inOneOffice>>[] = []
  const queue = sizes.map((size, at) => ({ size, seed: 42 + at }))
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) found.push(await inOneOffice(next.size, next.seed))
  }
  await Promise.all([work(), work()])
  const sum = (what: 'steps' | 'kills' | 'acknowledged' | 'lost' | 'corrupt') =>
    found.reduce((total, one) => total + one[what], 0)
  return {
    did: `${times} sequences of ${sum('steps')} steps in ${sizes.length} offices, ${sum('kills')} kills`,
    acknowledged: sum('acknowledged'),
    lost: sum('lost'),
    corrupt: sum('corrupt'),
    wrong: found.flatMap(({ wrong }) => wrong).slice(0, 5),
  }
}

async function inOneOffice(times: number, seed: number) {
  const place = mkdtempSync(join(tmpdir(), 'claimwright-money-'))
  const dataDir = join(place, 'data')
  await quietOffice(dataDir)
  let { child, desk } = await openDesk(dataDir)
  const chance = chances(seed)
  const among = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)]!
  const wrong = new Set<string>()
  let [steps, kills, acknowledged, lost, trace] = [0, 0, 0, 0, 0]
  for (let sequence = 0; sequence < times; sequence += 1) {
    const story = await createD3353(desk, 0, { payerCode: `P${sequence}`, name: `Plan ${sequence}` })
    await setVisits(desk, story.caseId, 3)
    await sendClaim(desk, story)
    const { claims } = await desk.call('claim.forCase', { caseId: story.caseId })
    const original = claims.find(({ frequency }) => frequency === 'original')!
    /** Acknowledged ones that were not taken back, by the id of their EOB. */
    const posted = new Map<string, Decision>()
    const history: string[] = []
    const remittances = async () => (await desk.call('remittance.forCase', { caseId: story.caseId })).remittances
    const moneyOf = async () => (await desk.call('case.get', { id: story.caseId })).money
    /** Every payment counts; what is written off and the patient's is what the decision says that stands, within what is left. */
    const check = async () => {
      const { feeCents, paidCents, writeOffCents, patientCents, openCents } = await moneyOf()
      const paid = sumOf([...posted.values()], (one) => one.paid)
      const { off, patient } = standingOf([...posted.values()], original.number)
      const owed = Math.min(patient, Math.max(0, CHARGE - paid - off))
      const wanted = [paid, off, owed, CHARGE - paid - off - owed].map((dollars) => dollars * 100)
      const found = [paidCents, writeOffCents, posted.size === 0 ? 0 : patientCents, openCents]
      if (feeCents === CHARGE * 100 && found.join() === wanted.join()) return
      lost += 1
      wrong.add(`${history.join(', ')}: ${found.join(' + ')} of ${feeCents}, by the law ${wanted.join(' + ')}`)
    }
    const postFile = async (decision: Omit<Decision, 'on'>, status = '1') => {
      const { paid, off, patient, claim } = decision
      const line = { charge: paid + off + patient, paid, cas: [`CO:45:${off}`, `PR:2:${patient}`] }
      trace += 1
      const { payments } = await desk.call('era.import', {
        text: eraFile({
          trace: `T${trace}`,
          on: BY_FILE,
          payer: { name: `PLAN ${sequence}`, id: `P${sequence}`, taxId: '999999999' },
          claims: [{ number: claim, status, lines: [line] }],
        }),
      })
      const before = new Set((await remittances()).map(({ id }) => id))
      const { left } = await desk.call('era.post', { paymentId: payments[0]!, acknowledgeDifference: true })
      const [made] = (await remittances()).filter(({ id }) => !before.has(id))
      if (made) posted.set(made.id, { ...decision, on: BY_FILE })
      else history.push(`left: ${left[0]?.reason}`)
    }
    const length = 4 + Math.floor(chance() * 8)
    for (let step = 0; step < length; step += 1) {
      const what = among(STEPS)
      const paid = 100 * Math.floor(1 + chance() * 6)
      const off = 50 * Math.floor(1 + chance() * 3)
      const decision = { paid, off, patient: CHARGE - paid - off, claim: original.number }
      const before = await moneyOf()
      history.push(`${what} ${paid}/${off}`)
      steps += 1
      try {
        if (what === 'by file') await postFile(decision)
        else if (what === 'reversal') {
          const known = [...posted.values()].filter((one) => one.paid > 0)
          if (known.length > 0) {
            const one = among(known)
            await postFile({ ...one, paid: -one.paid, off: -one.off, patient: -one.patient }, '22')
          }
        } else if (what === 'by hand') {
          const adjustments = [
            { group: 'CO', carc: '45', cents: off * 100 },
            { group: 'PR', carc: '2', cents: decision.patient * 100 },
          ] as const
          const line = {
            allowedCents: (CHARGE - off) * 100,
            coinsuranceCents: decision.patient * 100,
            paidCents: paid * 100,
            adjustments: [...adjustments],
          }
          const remittance = await eobOf(desk, story, line)
          const { id } = await desk.call('remittance.post', {
            remittance: {
              ...remittance,
              eobDate: BY_HAND,
              claimId: original.id,
              lines: remittance.lines.map((one) => ({ ...one, claimLineId: original.lines[0]!.id })),
            },
            acknowledgeDifference: true,
          })
          posted.set(id, { ...decision, on: BY_HAND })
        } else if (what === 'corrected') {
          const { id } = await desk.call('claim.create', {
            caseId: story.caseId,
            coverageId: null,
            replacesId: original.id,
            voids: false,
          })
          const claim = (await desk.call('claim.forCase', { caseId: story.caseId })).claims.find(
            (one) => one.id === id,
          )!
          await desk.call('claim.transition', {
            id,
            version: claim.version,
            event: 'send',
            on: '2026-11-23',
            channel: 'electronic',
            reason: 'Papers follow',
          })
          await postFile({ ...decision, claim: claim.number })
        } else if (what === 'taken back' && posted.size > 0) {
          const id = among([...posted.keys()])
          await desk.call('remittance.reverse', { id, reason: 'Of another patient' })
          posted.delete(id)
        } else if (what === 'restart') {
          kills += 1
          await child.kill()
          ;({ child, desk } = await openDesk(dataDir))
          if (JSON.stringify(await moneyOf()) !== JSON.stringify(before))
            wrong.add(`${history.join(', ')}: another sum after a kill`)
        }
        acknowledged += 1
      } catch (error) {
        const { code, message } = error as { code?: string; message: string }
        history.push(`${code}`)
        if (!['REFUSED', 'CONFLICT', 'INVALID_INPUT'].includes(code ?? '')) wrong.add(`${what}: ${code} ${message}`)
        if (JSON.stringify(await moneyOf()) !== JSON.stringify(before))
          wrong.add(`${history.join(', ')}: a refusal moved money`)
      }
      await check()
    }
  }
  const { ok } = await desk.call('audit.verify', {})
  await child.kill()
  rmSync(place, { recursive: true })
  return { steps, kills, acknowledged, lost, corrupt: ok ? 0 : 1, wrong: [...wrong] }
}
