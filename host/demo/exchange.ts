// Files that the invented office exchanged: claims sent and answered, remittances to post, posted, and waiting for somebody.
// The host's own commands write them, so that nothing here differs from real work.
import type { IsoDate } from '#core/dates.ts'
import type { Writer } from '#db/reader.ts'
import { readAnswers } from '#host/claim/answers.ts'
import { exportClaims } from '#host/claim/export.ts'
import { loadExportable } from '#host/claim/exportable.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { importEra } from '#host/remittance/era/import.ts'
import { postPayment } from '#host/remittance/era/post-payment.ts'
import { setClaimAside } from '#host/remittance/era/queue.ts'
import { listToPost } from '#host/remittance/era-rows.ts'
import { claimAnswer, functionalAnswer } from './answer-file.ts'
import type { Calendar } from './calendar.ts'
import { type EraClaimSpec, eraFile, type EraPaymentSpec } from './era-file.ts'
import { decided, predetermined } from './sent-claims.ts'
import { listEstimates, listSent, type SentClaim, type SentRequest, unmatchedIds } from './sent-rows.ts'

export interface Exchange {
  tx: Writer
  /** Does work as a command of that day. */
  runOn: <T>(on: IsoDate, work: (context: CommandContext) => Promise<T>) => Promise<T>
  calendar: Calendar
  today: IsoDate
  /** Makes the traces of this seed its own. */
  prefix: string
}
/** So few that a practice of any size is written as fast. */
const MOST = 14
const REASON = 'Films follow by mail'

/** Needs the practice in the same transaction. */
export async function exchangeFiles(exchange: Exchange): Promise<void> {
  const { tx } = exchange
  const sent = await sendFiles(exchange, await listSent(tx, MOST), await listEstimates(tx))
  await receivePayments(exchange, sent)
}

/** Exports what lacks nothing. @returns the control number of the file, and what went into it */
async function exportReady({ runOn }: Exchange, on: IsoDate, wanted: readonly string[]) {
  return runOn(on, async (context) => {
    const ids: string[] = []
    for (const id of wanted) {
      const { findings } = await loadExportable(context, id)
      if (!findings.some((finding) => finding.severity === 'block')) ids.push(id)
    }
    if (ids.length === 0) return null
    const { control } = await exportClaims(context, { ids, reason: REASON })
    return { control, ids }
  })
}

/**
 * One file for each day on which claims went out: one claim of the second file is refused, the whole third file is,
 * and the last two are not answered yet.
 * @returns the claims that nobody refused
 */
async function sendFiles(
  exchange: Exchange,
  claims: readonly SentClaim[],
  estimates: readonly SentRequest[],
): Promise<SentClaim[]> {
  const { runOn, calendar, today } = exchange
  const left = new Set(claims)
  const idsOn = (all: readonly (SentClaim | SentRequest)[], on: IsoDate) =>
    all.filter((one) => one.sentOn === on).map((one) => one.id)
  const days = [...new Set([...claims, ...estimates].map((one) => one.sentOn))].sort()
  let files = 0
  for (const [at, on] of days.entries()) {
    await exportReady(exchange, on, idsOn(estimates, on))
    const file = await exportReady(exchange, on, idsOn(claims, on))
    const answeredOn = calendar.plus(on, 1)
    if (!file || answeredOn > today || at >= days.length - 2) continue
    files += 1
    const { control } = file
    const read = (text: string) => runOn(answeredOn, (context) => readAnswers(context, text))
    const inFile = claims.filter((one) => file.ids.includes(one.id))
    if (files === 3) {
      await read(functionalAnswer(answeredOn, control, { segment: 'N3', element: '1' }))
      for (const claim of inFile) left.delete(claim)
      continue
    }
    const refused = files === 2 ? inFile[0] : undefined
    await read(functionalAnswer(answeredOn, control))
    const answers = inFile.map((claim) => ({
      number: claim.number,
      lastName: claim.lastName,
      cents: claim.totalCents,
      ...(claim === refused
        ? { status: 'A7:164:IL' }
        : { status: 'A2:20', payerNumber: `ICN${claim.number.slice(-5)}` }),
    }))
    await read(claimAnswer(answeredOn, control, answers))
    if (refused) left.delete(refused)
  }
  return [...left]
}

const STRANGER: EraClaimSpec = {
  number: 'ELM-00471',
  lastName: 'NOBODY',
  firstName: 'NORA',
  memberId: 'M90000471',
  payerNumber: 'ICN90471',
  lines: [{ code: 'D2740', charge: 1200, paid: 600, cas: ['CO:45:200', 'PR:2:400'] }],
}

async function receivePayments(exchange: Exchange, claims: readonly SentClaim[]): Promise<void> {
  const { tx, runOn, calendar, today, prefix } = exchange
  const groups = new Map<string, SentClaim[]>()
  for (const claim of claims) groups.set(claim.payer.id, [...(groups.get(claim.payer.id) ?? []), claim])
  const [first = [], second = [], third = []] = [...groups.values()].sort((a, b) => b.length - a.length)
  let received = 0
  const load = async (on: IsoDate, payment: Omit<EraPaymentSpec, 'trace' | 'on'>) => {
    received += 1
    const text = eraFile({ trace: `${prefix}${70_077 + received * 37}`, on, ...payment })
    const { payments } = await runOn(on, (context) => importEra(context, { text }))
    return payments[0]!
  }
  const [settled] = first
  if (settled) {
    const on = calendar.workday(-2)
    const all = first.slice(0, 3).map((claim, at) => decided(claim, (['less', 'paid', 'denied'] as const)[at]!))
    const paymentId = await load(on, { payer: settled.payer, plb: [['L6', -4.18]], claims: [...all, STRANGER] })
    await runOn(on, (context) => postPayment(context, { paymentId, acknowledgeDifference: false }))
    for (const { id } of await listToPost(tx, paymentId, await unmatchedIds(tx)))
      await runOn(on, (context) => setClaimAside(context, { id, aside: true, reason: 'Another office' }))
  }
  // To post: with one to choose, one that is not ours, and money withheld for an earlier payment.
  const [doubtful, ...fine] = second
  if (doubtful) {
    const mistaken = { ...decided(doubtful, 'paid'), lastName: 'OTHER', firstName: 'OWEN', charge: 99, paid: 99 }
    await load(calendar.workday(-1), {
      payer: doubtful.payer,
      plb: [
        [`WO:${settled?.number ?? 'ICN88001'}`, 64],
        ['FB:B2211', -64],
      ],
      claims: [
        ...fine.slice(0, 3).map((claim, at) => decided(claim, at === 1 ? 'less' : 'paid')),
        { ...mistaken, lines: [{ code: 'D0120', charge: 99, paid: 99 }], payerNumber: 'ICN77310' },
        { ...STRANGER, number: 'ELM-00502', firstName: 'NED', payerNumber: 'ICN90502' },
      ],
    })
  }
  // A check that is not the sum of its claims.
  if (third[0])
    await load(today, {
      payer: third[0].payer,
      method: 'CHK',
      amount: 1000,
      claims: third.slice(0, 2).map((one) => decided(one, 'paid')),
    })
  for (const request of await listEstimates(tx)) {
    const { number } = request
    if (number !== null) await load(today, { payer: request.payer, claims: [predetermined({ ...request, number })] })
  }
}
