// What a payer's rules are: shipped ones and the office's own, what is shipped anew, where each is used, and a panel to try them.
import { useState } from 'react'
import { Link } from 'wouter'
import type { OutputOf } from '#core/contract/index.ts'
import type { PayerId } from '#core/ids.ts'
import type { Payer } from '#core/patient.ts'
import type { PayerRule } from '#core/payer-rule/schema.ts'
import { citationOf, codesWords, ruleWords, TOPIC_LABELS } from '#core/payer-rule/words.ts'
import { draftOf } from '../../forms/payer-rule/rule-draft.ts'
import { RuleDialog } from '../../forms/payer-rule/rule-dialog.tsx'
import { oneLine } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { Button, RowButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Finding, Why } from '../../ui/finding.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { PayerFigures } from './payer-figures.tsx'
import { TryRules } from './try-rules.tsx'

type Rules = OutputOf<'payerRule.list'>
type Own = Rules['own'][number]

export function PayerRules() {
  const query = useRoute('payer.list', {})
  const [chosen, setChosen] = useState<string>('')
  return (
    <Section title="Payer rules" note="What payers differ in, each with its source">
      <Answer query={query}>
        {({ payers }) => {
          const payer = payers.find(({ id }) => id === chosen) ?? payers[0]
          if (!payer) return <EmptyState title="No payer yet">A payer is added with a patient’s coverage.</EmptyState>
          return (
            <>
              <SelectField<string>
                label="Payer"
                value={payer.id}
                onChange={setChosen}
                options={payers.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <RulesOf key={payer.id} payer={payer} />
            </>
          )
        }}
      </Answer>
    </Section>
  )
}

function RulesOf({ payer }: { payer: Payer }) {
  const query = useRoute('payerRule.list', { payerId: payer.id })
  const programs = useRoute('payerRule.programs', {}).data?.programs ?? []
  const canWork = useCan('work')
  const [editing, setEditing] = useState<{ own: Own | null; from: PayerRule | null } | null>(null)
  const [used, setUsed] = useState<PayerRule | null>(null)
  const program = programs.find(({ key }) => key === payer.rulesKey)
  return (
    <Answer query={query}>
      {({ rules, own }) => (
        <>
          <div className="cw-row">
            <span className="cw-muted">
              {program
                ? `Shipped rules: ${program.name}`
                : 'No shipped rules are linked: choose them under Payers and plans, Edit.'}
            </span>
            {canWork && (
              <Button shortcut="alt+u" onClick={() => setEditing({ own: null, from: null })}>
                Add a rule
              </Button>
            )}
          </div>
          {own.map((rule) => (
            <Changes key={rule.id} rule={rule} canWork={canWork} />
          ))}
          {rules.length === 0 ? (
            <EmptyState title="No rule yet">What this payer says goes here: limits, films, days to appeal.</EmptyState>
          ) : (
            <table className="cw-table" aria-label={`Rules of ${payer.name}`}>
              <TableHead names={['About', 'Rule', 'Codes', 'Whose', '']} />
              <tbody>
                {rules.map((rule) => (
                  <tr key={rule.id}>
                    <td>{TOPIC_LABELS[rule.term.topic]}</td>
                    <td>
                      {ruleWords(rule)}
                      <Why label="source" reason="" source={citationOf(rule)} confidence={rule.confidence} />
                    </td>
                    <td>{oneLine([codesWords(rule.codes), rule.state])}</td>
                    <td>{whose(rule, own)}</td>
                    <td>
                      <RuleActions
                        rule={rule}
                        own={own.find(({ id }) => id === rule.id) ?? null}
                        payerId={payer.id}
                        canWork={canWork}
                        onEdit={setEditing}
                        onUses={setUsed}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <OutOfForce own={own} canWork={canWork} />
          <TryRules payerId={payer.id} />
          <PayerFigures payerId={payer.id} />
          {editing && (
            <RuleDialog
              payerId={payer.id}
              payerName={payer.name}
              rule={editing.own}
              {...(editing.from && { start: draftOf(editing.from), replaces: editing.from.id })}
              onClose={() => setEditing(null)}
            />
          )}
          {used && <Uses payerId={payer.id} rule={used} onClose={() => setUsed(null)} />}
        </>
      )}
    </Answer>
  )
}

function whose(rule: PayerRule, own: readonly Own[]): string {
  if (rule.origin === 'shipped') return `Shipped: ${rule.name}`
  const kept = own.find(({ id }) => id === rule.id)
  return oneLine(['Office’s own', kept?.planId && 'one plan', kept?.replaces && 'in place of a shipped rule'])
}
const nameOf = (rule: PayerRule) => `${TOPIC_LABELS[rule.term.topic]}, ${codesWords(rule.codes)}`

interface RuleActionsProps {
  rule: PayerRule
  own: Own | null
  payerId: PayerId
  canWork: boolean
  onEdit: (editing: { own: Own | null; from: PayerRule | null }) => void
  onUses: (rule: PayerRule) => void
}
function RuleActions({ rule, own, payerId, canWork, onEdit, onUses }: RuleActionsProps) {
  const remove = useCommand('payerRule.remove', { done: 'Rule removed' })
  const add = useCommand('payerRule.add', { done: 'Rule put out of force' })
  const of = nameOf(rule)
  const switchOff = () => {
    const { id, origin: _, name: _name, planId: _plan, depth: _depth, ...body } = rule
    add.mutate({ rule: { payerId, planId: null, body, replaces: id, isOff: true } })
  }
  return (
    <>
      <RowButton verb="Where used" of={of} onClick={() => onUses(rule)} />
      {canWork && own && (
        <>
          <RowButton verb="Edit" of={of} onClick={() => onEdit({ own, from: null })} />
          <RowButton verb="Remove" of={of} onClick={() => remove.mutate({ id: own.id, version: own.version })} />
        </>
      )}
      {canWork && !own && (
        <>
          <RowButton verb="Change for us" of={of} onClick={() => onEdit({ own: null, from: rule })} />
          <RowButton verb="Does not hold" of={of} onClick={switchOff} />
        </>
      )}
    </>
  )
}

/** A shipped rule changed since the office wrote its own in its place. */
function Changes({ rule, canWork }: { rule: Own; canWork: boolean }) {
  const keep = useCommand('payerRule.update', { done: 'The office’s rule stays' })
  const take = useCommand('payerRule.remove', { done: 'The shipped rule holds' })
  if (rule.changes.length === 0) return null
  const { id, version, payerId, planId, body, replaces, isOff } = rule
  return (
    <Finding
      severity="warn"
      action={
        canWork && (
          <>
            <Button onClick={() => keep.mutate({ id, version, rule: { payerId, planId, body, replaces, isOff } })}>
              Keep ours
            </Button>
            <Button onClick={() => take.mutate({ id, version })}>Use the shipped rule</Button>
          </>
        )
      }
    >
      {TOPIC_LABELS[body.term.topic]}: the shipped rule has changed. Ours holds until you decide.
      <ul>
        {rule.changes.map(({ what, was, now }) => (
          <li key={what}>{`${what}: was “${was}”, now “${now}”`}</li>
        ))}
      </ul>
    </Finding>
  )
}

/** Shipped rules that the office said do not hold. */
function OutOfForce({ own, canWork }: { own: readonly Own[]; canWork: boolean }) {
  const back = useCommand('payerRule.remove', { done: 'The shipped rule holds again' })
  const off = own.filter(({ isOff }) => isOff)
  if (off.length === 0) return null
  return (
    <>
      <h3>Do not hold for us</h3>
      <ul className="cw-stack" aria-label="Do not hold for us">
        {off.map(({ id, version, body }) => (
          <li key={id} className="cw-row">
            <span>{oneLine([TOPIC_LABELS[body.term.topic], ruleWords(body), codesWords(body.codes)])}</span>
            {canWork && (
              <RowButton
                verb="Bring back"
                of={TOPIC_LABELS[body.term.topic]}
                onClick={() => back.mutate({ id, version })}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function Uses({ payerId, rule, onClose }: { payerId: PayerId; rule: PayerRule; onClose: () => void }) {
  const query = useRoute('payerRule.uses', { payerId, ruleId: rule.id })
  return (
    <Dialog open title={`Where used: ${nameOf(rule)}`} onClose={onClose}>
      <Answer query={query}>
        {({ uses, more }) => (
          <>
            {uses.length === 0 && <p>No open case of this payer is touched by it.</p>}
            <ul className="cw-stack" aria-label="Cases">
              {uses.map(({ caseId, patientName, code, what }) => (
                <li key={caseId}>
                  <Link href={paths.case(caseId)} className="cw-link">
                    {oneLine([patientName, code])}
                  </Link>
                  <div className="cw-muted">{what}</div>
                </li>
              ))}
            </ul>
            {more > 0 && <p className="cw-muted">{more} more open cases were not looked at.</p>}
          </>
        )}
      </Answer>
    </Dialog>
  )
}
