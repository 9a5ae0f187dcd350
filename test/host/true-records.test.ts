// Random histories on a real host: what leaves has no blank, no $0.00 and no sentence that the record contradicts; a code is
// “reported already” only elsewhere; tasks end with the letter, the payment and the case that they belong to.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InputOf } from '#core/contract/index.ts'
import { formatDate } from '#core/dates.ts'
import { AppError } from '#core/errors.ts'
import {
  attach,
  createD3353,
  type D3353,
  DENIED_LINE,
  eobOf,
  PAID_LINE,
  setVisits,
  VISIT_DATES,
} from '#test/helpers/d3353.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'
import { times } from '#test/helpers/times.ts'

const TODAY = '2026-11-23'
const DAYS = ['2026-09-28', '2026-10-05', '2026-10-20', '2026-11-20', TODAY, '2026-12-15'] as const
const day = fc.constantFrom(...DAYS)
const EOBS = {
  paid: PAID_LINE,
  denied: DENIED_LINE,
  late: { adjustments: [{ group: 'CO' as const, carc: '29', cents: 85000 }] },
  papers: { adjustments: [{ group: 'CO' as const, carc: '252', cents: 85000 }], remarks: ['N706'] },
  notCovered: { adjustments: [{ group: 'PR' as const, carc: '204', cents: 85000 }] },
  toCorrect: { adjustments: [{ group: 'CO' as const, carc: '16', cents: 85000 }], remarks: ['N37'] },
}
type Step =
  | { do: 'visits'; done: number }
  | { do: 'fact'; fact: 'trauma_date' | 'pre_op_film_date'; on: (typeof DAYS)[number] | null }
  | { do: 'film'; kind: 'pre_op_periapical' | 'post_op_periapical'; on: (typeof DAYS)[number] }
  | { do: 'eob'; says: keyof typeof EOBS }
  | { do: 'fee'; cents: number }
  | {
      do:
        | 'request'
        | 'write'
        | 'send'
        | 'correct'
        | 'appeal'
        | 'sendAppeal'
        | 'win'
        | 'lose'
        | 'takeBack'
        | 'close'
        | 'reopen'
    }
const one = <Do extends Step['do']>(name: Do) => fc.record({ do: fc.constant(name) })
const step = fc.oneof(
  fc.record({ do: fc.constant('visits' as const), done: fc.constantFrom(0, 2, 3, 3) }),
  fc.record({
    do: fc.constant('fact' as const),
    fact: fc.constantFrom('trauma_date' as const, 'pre_op_film_date' as const),
    on: fc.option(day),
  }),
  fc.record({
    do: fc.constant('film' as const),
    kind: fc.constantFrom('pre_op_periapical' as const, 'post_op_periapical' as const),
    on: day,
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('eob' as const),
      says: fc.constantFrom(...(Object.keys(EOBS) as (keyof typeof EOBS)[])),
    }),
  },
  fc.record({ do: fc.constant('fee' as const), cents: fc.constantFrom(0, 85000, 85000) }),
  { weight: 3, arbitrary: fc.oneof(one('send'), one('correct')) },
  { weight: 3, arbitrary: fc.oneof(one('appeal'), one('sendAppeal'), one('win'), one('lose')) },
  fc.oneof(one('request'), one('write'), one('takeBack'), one('close'), one('reopen')),
)
/** A history leads somewhere: treated and sent before the rest happens. */
const history = fc
  .tuple(
    fc.array(step, { maxLength: 3 }),
    fc.constantFrom(true, true, true, false),
    fc.array(step, { minLength: 4, maxLength: 10 }),
  )
  .map(([before, isSent, after]): Step[] => [
    ...before,
    ...(isSent ? ([{ do: 'visits', done: 3 }, { do: 'send' }] as const) : []),
    ...after,
  ])

let test: TestHost
beforeAll(async () => {
  test = await openTestHost()
})
afterAll(() => test.close())

const REASON = 'The payer wants it'
const claimsOf = async ({ caseId }: D3353) => (await test.call('claim.forCase', { caseId })).claims
const followUp = ({ caseId }: D3353) => test.call('remittance.forCase', { caseId })

async function take(story: D3353, step: Step): Promise<void> {
  const { caseId: id } = story
  const newest = async () => (await claimsOf(story))[0]!
  switch (step.do) {
    case 'visits':
      return setVisits(test, id, step.done, REASON)
    case 'fact':
      return test.call('case.answer', { id, fact: step.fact, value: step.on }).then(() => undefined)
    case 'film':
      return attach(test, id, { kind: step.kind, takenOn: step.on }).then(() => undefined)
    case 'fee': {
      const { version, lines } = await test.call('case.get', { id })
      const own = lines.map(({ seq: _, ...line }) => ({ ...line, feeCents: step.cents }))
      return test.call('case.setLines', { id, version, lines: own, overrideReason: REASON }).then(() => undefined)
    }
    case 'write': {
      const { narrative } = await test.call('documentation.get', { caseId: id, stage: 'claim' })
      const text = narrative.draft.replaceAll(/\[[^\]]*\]/g, 'as charted')
      return test.call('narrative.save', { caseId: id, version: narrative.version, text }).then(() => undefined)
    }
    case 'request':
      return test.call('authorization.create', { caseId: id, kind: 'required', coverageId: null }).then(() => undefined)
    case 'send':
    case 'correct': {
      const sent = (await claimsOf(story)).find((claim) => claim.state !== 'draft' && claim.state !== 'void')
      const replacesId = step.do === 'correct' ? (sent?.id ?? null) : null
      await test.call('claim.create', { caseId: id, coverageId: null, replacesId })
      const { id: claimId, version, form, lines } = await newest()
      const named = lines.map(({ id: _, ...line }) => line)
      await test.call('claim.update', { id: claimId, version, form, lines: named, payerClaimNumber: 'ICN-1' })
      const out = { event: 'send' as const, on: TODAY, channel: 'mail' as const, reason: REASON }
      return test.call('claim.transition', { id: claimId, version: version + 1, ...out }).then(() => undefined)
    }
    case 'eob': {
      if (((await claimsOf(story))[0]?.lines ?? []).length === 0) return
      const remittance = await eobOf(test, story, EOBS[step.says], { eobDate: TODAY, receivedOn: TODAY })
      return test.call('remittance.post', { remittance, acknowledgeDifference: true }).then(() => undefined)
    }
    case 'appeal': {
      const [eob] = (await followUp(story)).remittances
      if (!eob) return
      const level = eob.outcome === 'info_requested' ? 'information' : 'first'
      return test.call('appeal.create', { claimId: eob.claimId, remittanceId: eob.id, level }).then(() => undefined)
    }
    case 'sendAppeal':
    case 'win':
    case 'lose': {
      const [appeal] = (await followUp(story)).appeals
      if (!appeal) return
      const event = step.do === 'sendAppeal' ? 'send' : step.do
      const more = { on: TODAY, channel: 'mail' as const, gapReason: REASON, note: 'As the letter says' }
      return test
        .call('appeal.transition', { id: appeal.id, version: appeal.version, event, ...more })
        .then(() => undefined)
    }
    case 'takeBack': {
      const [eob] = (await followUp(story)).remittances
      return eob && test.call('remittance.reverse', { id: eob.id, reason: REASON }).then(() => undefined)
    }
    default: {
      const { version } = await test.call('case.get', { id })
      return test.call(`case.${step.do}`, { id, version, reason: REASON }).then(() => undefined)
    }
  }
}
async function tryTo(story: D3353, step: Step): Promise<void> {
  try {
    await take(story, step)
  } catch (error) {
    // What the desk is refused is no part of the history.
    if (!(error instanceof AppError) || !['REFUSED', 'INVALID_INPUT', 'CONFLICT', 'NOT_FOUND'].includes(error.code))
      throw error
  }
}

const DATE = /[A-Z][a-z]{2} \d{1,2}, \d{4}/g
const dateIn = (text: string, sentence: RegExp) => sentence.exec(text)?.[1] ?? null
const readable = (days: readonly (string | null)[]) => days.flatMap((on) => (on ? formatDate(on) : []))
const laterThan = (day: string | null, limit: string) => day !== null && Date.parse(day) > Date.parse(formatDate(limit))

/** The sentences of a text beside the record, by the words of the record and not by the code under test. */
async function contradictions(story: D3353, text: string): Promise<string[]> {
  const view = await test.call('case.get', { id: story.caseId })
  const { attachments } = await test.call('documentation.get', { caseId: story.caseId, stage: 'appeal' })
  const done = view.visits.flatMap((visit) => visit.doneOn ?? [])
  const isFinished = done.length === view.visits.length && done.length > 0
  const filmed = readable(attachments.map((file) => file.takenOn))
  const before = dateIn(text, /film of (\w+ \d+, \d+), before treatment/i)
  const injured = dateIn(text, /(?:injured|trauma)[^.]* on (\w+ \d+, \d+)/i)
  const filled = dateIn(text, /Canal filled on (\w+ \d+, \d+)/)
  const completed = dateIn(text, /(?:was|were) completed on (\w+ \d+, \d+)/)
  const after = dateIn(text, /film of (\w+ \d+, \d+) shows the finished/)
  const sent = dateIn(text, /first sent on (\w+ \d+, \d+)/)
  const claims = await claimsOf(story)
  const said: [boolean, string][] = [
    [
      before !== null && (!filmed.includes(before) || (done[0] !== undefined && laterThan(before, done[0]))),
      `before treatment: ${before}`,
    ],
    [
      injured !== null && (laterThan(injured, TODAY) || (done[0] !== undefined && laterThan(injured, done[0]))),
      `injured: ${injured}`,
    ],
    [filled !== null && !readable([VISIT_DATES[2]]).includes(filled), `filled: ${filled}`],
    [(filled ?? completed) !== null && !isFinished, 'completed, and visits are open'],
    [/Planned: hard barrier/.test(text) && isFinished, 'planned, and it is done'],
    [after !== null && Date.parse(after) < Date.parse(formatDate(VISIT_DATES[2])), `after treatment: ${after}`],
    [sent !== null && !readable(claims.map((claim) => claim.sentOn)).includes(sent), `sent: ${sent}`],
  ]
  return said.flatMap(([isWrong, words]) => (isWrong ? [words] : []))
}

/** What of the case would leave without a reason: letters and narratives as printed. */
async function leaving(story: D3353): Promise<string[]> {
  const { appeals } = await followUp(story)
  const { authorizations } = await test.call('authorization.forCase', { caseId: story.caseId })
  const wanted: InputOf<'document.render'>[] = [
    { kind: 'narrative', id: story.caseId },
    // A letter that went out stays as it was sent.
    ...appeals.flatMap(({ id, sentOn }) => (sentOn === null ? { kind: 'appeal-letter' as const, id } : [])),
    ...authorizations.map(({ id }) => ({ kind: 'authorization-request' as const, id })),
  ]
  const pages = []
  for (const one of wanted)
    try {
      pages.push((await test.call('document.render', one)).html)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'REFUSED') throw error
    }
  return pages
}
const textOf = (html: string) =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

const SENT: Step[] = [{ do: 'visits', done: 3 }, { do: 'send' }]
/** Histories that failed once: a letter and a narrative said what the record had said before. */
const FOUND: readonly Step[][] = [
  [...SENT, { do: 'eob', says: 'denied' }, { do: 'appeal' }, { do: 'visits', done: 0 }],
  [{ do: 'write' }, ...SENT],
  // Tasks stayed open after a win, after the payer decided anew, after the correction, and on a closed case.
  [...SENT, { do: 'eob', says: 'toCorrect' }, { do: 'appeal' }, { do: 'sendAppeal' }, { do: 'win' }],
  [...SENT, { do: 'eob', says: 'toCorrect' }, { do: 'correct' }, { do: 'eob', says: 'paid' }],
  [...SENT, { do: 'eob', says: 'notCovered' }, { do: 'eob', says: 'denied' }, { do: 'close' }],
]

describe('over random histories', () => {
  it('nothing untrue is drafted or leaves, and no task outlives what it belongs to', { timeout: 240_000 }, async () => {
    const check = fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const story = await createD3353(test)
        for (const step of steps) {
          await tryTo(story, step)
          await checkTasks(story, step)
        }
        await checkTexts(story)
        await checkReported(story)
      }),
      { numRuns: times(25, 400), seed: 20261123, examples: FOUND.map((steps): [Step[]] => [[...steps]]) },
    )
    await expect(check).resolves.toBeUndefined()
  })
})

async function checkTexts(story: D3353): Promise<void> {
  const drafts = []
  for (const stage of ['authorization', 'claim', 'appeal'] as const)
    drafts.push((await test.call('documentation.get', { caseId: story.caseId, stage })).narrative.draft)
  const { appeals } = await followUp(story)
  for (const text of drafts) expect(await contradictions(story, text)).toEqual([])
  for (const { letter } of appeals) {
    const ahead = (letter.body.match(DATE) ?? []).filter((on) => laterThan(on, TODAY))
    expect(ahead).toEqual([])
    expect(letter.quotedReason).not.toContain('$0.00')
  }
  for (const page of await leaving(story)) {
    expect(textOf(page)).not.toMatch(/\[[a-z][^\]]*\]|\$0\.00/i)
    expect(await contradictions(story, textOf(page))).toEqual([])
  }
}

/** One case, and nothing done elsewhere: no code of it is a second one. */
async function checkReported(story: D3353): Promise<void> {
  const { choice } = await test.call('case.get', { id: story.caseId })
  const claims = await claimsOf(story)
  const said = [...choice.findings, ...claims.flatMap((claim) => claim.findings)].map((one) => one.message)
  expect(said.filter((words) => /already reported|limit 1/.test(words))).toEqual([])
}

async function checkTasks(story: D3353, { do: last }: Step): Promise<void> {
  const { tasks } = await test.call('task.forCase', { caseId: story.caseId })
  const open = tasks.filter((task) => task.doneAt === null)
  const { state } = await test.call('case.get', { id: story.caseId })
  if (state === 'closed' && last === 'close') expect(open).toEqual([])
  const { remittances, appeals } = await followUp(story)
  for (const task of open.filter((one) => one.remittanceId !== null)) {
    const at = remittances.findIndex((eob) => eob.id === task.remittanceId)
    // Taken back: it asks for nothing any more.
    expect(at).toBeGreaterThanOrEqual(0)
    const later = remittances.slice(0, at).filter((eob) => eob.claimId === remittances[at]!.claimId)
    expect(later.filter((eob) => !['pended', 'repeated', 'predetermined'].includes(eob.outcome))).toEqual([])
    const own = appeals.filter((appeal) => appeal.remittanceId === task.remittanceId)
    expect(own.filter((appeal) => appeal.state === 'won')).toEqual([])
    if (task.kind === 'appeal')
      expect(own.filter((appeal) => appeal.state === 'sent' && appeal.level !== 'information')).toEqual([])
  }
}
