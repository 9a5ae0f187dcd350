// All that is printed, with more in it than usual: Letter paper, numbered, nothing cut, nothing over the edge.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { DocumentKind } from '../../../core/document/kinds.ts'
import { launchApp } from '../pages/app.ts'
import { Keyboard } from '../pages/keyboard.ts'
import { pagesOf, problemsOf } from '../pages/paper.ts'
import { picturePdf } from '../pages/pictures.ts'

/** No blank in it: it must break somewhere, or it runs out of the page. */
const UNBROKEN = `https://payer.example/${'averylongaddresswithoutanyblankorhyphen'.repeat(4)}`
const SENTENCE =
  'Tooth 8 had an open apex and a necrotic pulp; the barrier was placed in three visits, each documented. '
/** Begins and ends with marks: both of one row stand on one page. */
const long = (mark: string, times: number) => `${mark}begin ${SENTENCE.repeat(times)}${UNBROKEN} ${mark}end`

interface Rows<Row> {
  rows: Row[]
}

test('every letter, sheet, list and report is paper that can be handed over', async () => {
  test.setTimeout(400_000)
  const app = await launchApp()
  const { page } = app
  await new Keyboard(page).press('Explore with a demo practice')
  await expect(page.getByRole('button', { name: 'Leave demo' })).toBeVisible()
  const ask = <T>(route: string, input: object = {}) =>
    page.evaluate(
      async ([name, given]) => {
        const reply = await window.claimwright!.call(name, given)
        if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
        return reply.data
      },
      [route, input] as const,
    ) as Promise<T>

  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)
  const requests = await ask<Rows<{ id: string; caseId: string; state: string; sentOn: string | null }>>(
    'authorization.list',
    { list: 'all', limit: 200 },
  )
  const { cases } = await ask<{ cases: { id: string }[] }>('case.list', { state: 'all', limit: 200 })
  const caseIds = cases.map(({ id }) => id)
  const sent = requests.rows.find((row) => row.state === 'submitted')!
  const ids: Record<string, string> = { 'guide-page': 'implants', huddle: '', denials: `${day(90)}:${day(0)}` }
  ids['authorization-figures'] = `${day(365)}:${day(0)}`
  const { authorizations } = await ask<{ authorizations: { id: string }[] }>('authorization.forCase', {
    caseId: sent.caseId,
  })
  ids['authorization-request'] = authorizations[0]!.id
  for (const caseId of caseIds) {
    const requested = await ask<{ authorizations: { id: string; state: string }[] }>('authorization.forCase', {
      caseId,
    })
    const approved = requested.authorizations.find(({ state }) => state === 'approved')
    if (approved) ids['patient-estimate'] ??= approved.id
    const { claims } = await ask<{ claims: { id: string }[] }>('claim.forCase', { caseId })
    if (claims[0]) ids['claim-summary'] ??= claims[0].id
    const money = await ask<{ appeals?: { id: string }[] }>('remittance.forCase', { caseId })
    if (money.appeals?.[0]) ids['appeal-letter'] ??= money.appeals[0].id
  }
  const { caseId } = sent
  ids['narrative'] = ids['case-trail'] = caseId
  const documentation = await ask<{ narrative: { version: number } | null }>('documentation.get', { caseId })
  await ask('narrative.save', {
    caseId,
    version: documentation.narrative?.version ?? 0,
    text: `${long('n', 6)}\n\n${SENTENCE.repeat(30)}`,
  })
  for (let count = 0; count < 14; count += 1)
    await ask('case.touch', { caseId, kind: 'note', text: long(`t${String.fromCharCode(97 + count)}`, 2) })

  const named = DocumentKind.options.filter((kind) => kind !== 'worklist' && kind !== 'audit-trail')
  expect(Object.keys(ids).sort(), 'the demo has one of each').toEqual([...named].sort())

  const problems: string[] = []
  for (const kind of DocumentKind.options) {
    await ask('shell.savePdf', {
      kind,
      ...(ids[kind] !== undefined && { id: ids[kind] }),
      reason: 'To look at the paper',
    })
    const [name] = readdirSync(app.saveDir)
    const file = join(app.saveDir, name!)
    const pages = await pagesOf(file)
    problems.push(...problemsOf(pages).map((problem) => `${kind} ${problem}`))
    const textOf = (words: (typeof pages)[number]['words']) => words.map(({ text }) => text).join(' ')
    for (const { words } of pages)
      for (const [, mark] of textOf(words).matchAll(/\b(t\w)begin/g))
        if (kind === 'case-trail' && !textOf(words).includes(`${mark}end`)) problems.push(`${kind}: row ${mark} is cut`)
    picturePdf(file, `paper-${kind}`)
    rmSync(file)
  }
  expect(problems).toEqual([])
  expect(app.complaints).toEqual([])
  await app.close()
})
