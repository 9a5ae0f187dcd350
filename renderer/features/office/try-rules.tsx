// Try it: what the rules of a payer say of one service, each sentence with the rule behind it.
import { useState } from 'react'
import type { IsoDate } from '#core/dates.ts'
import type { PayerId } from '#core/ids.ts'
import { citationOf, ruleWords } from '#core/payer-rule/words.ts'
import { useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/use-today.ts'
import { DateField, SelectField, TextField, ToothField } from '../../ui/fields.tsx'
import { Why } from '../../ui/finding.tsx'
import { Answer } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'

const WORDS = { warn: 'Look at this', info: 'Good to know', ok: 'Fine' } as const

export function TryRules({ payerId }: { payerId: PayerId }) {
  const today = useToday()
  const plans = useRoute('plan.list', { payerId }).data?.plans ?? []
  const [code, setCode] = useState('')
  const [tooth, setTooth] = useState<string | null>(null)
  const [lastOn, setLastOn] = useState<IsoDate | null>(null)
  const [on, setOn] = useState<IsoDate | null>(today)
  const [birthDate, setBirthDate] = useState<IsoDate | null>(null)
  const [coveredFrom, setCoveredFrom] = useState<IsoDate | null>(null)
  const [planId, setPlanId] = useState('')
  const typed = code.trim().toUpperCase()
  const isCode = /^D\d{4}$/.test(typed)
  const query = useRoute(
    'payerRule.try',
    {
      payerId,
      planId: planId || null,
      code: isCode ? typed : 'D0000',
      tooth,
      area: null,
      lastOn,
      on: on ?? today,
      birthDate,
      coveredFrom,
    },
    { enabled: isCode && on !== null, keep: true },
  )
  return (
    <section aria-label="Try it">
      <h3>Try it</h3>
      <div className="cw-fields">
        <TextField
          label="Code"
          value={code}
          onChange={setCode}
          error={typed.length >= 5 && !isCode ? 'A code looks like D2740' : undefined}
        />
        <ToothField label="Tooth" value={tooth} onChange={setTooth} />
        <DateField isPast label="Last done on" value={lastOn} onChange={setLastOn} />
        <DateField label="Date of service" value={on} onChange={setOn} />
        <DateField isPast label="Patient’s birth date" value={birthDate} onChange={setBirthDate} />
        <DateField isPast label="Coverage began" value={coveredFrom} onChange={setCoveredFrom} />
        {plans.length > 0 && (
          <SelectField<string>
            label="Plan to try"
            value={planId}
            onChange={setPlanId}
            options={plans.map((plan) => ({ value: plan.id, label: plan.name }))}
            emptyLabel="Any plan"
          />
        )}
      </div>
      <div role="status" aria-live="polite">
        {isCode && on !== null && (
          <Answer query={query}>
            {({ verdicts }) =>
              verdicts.length === 0 ? (
                <p className="cw-muted">No rule speaks of {typed}: check with the payer.</p>
              ) : (
                <ul className="cw-stack" aria-label="What the rules say">
                  {verdicts.map(({ tone, words, rule }) => (
                    <li key={rule.id} className="cw-row">
                      <StatusTag tone={tone}>{WORDS[tone]}</StatusTag>
                      <span>{words}</span>
                      <Why
                        label="rule"
                        reason=""
                        rule={ruleWords(rule)}
                        source={citationOf(rule)}
                        confidence={rule.confidence}
                      />
                    </li>
                  ))}
                </ul>
              )
            }
          </Answer>
        )}
      </div>
    </section>
  )
}
