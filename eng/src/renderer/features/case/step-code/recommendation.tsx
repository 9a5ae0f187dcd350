// What the answers lead to, why, from which source; what speaks against the other codes; what is still missing.
import type { CaseView } from '#core/contract/case.ts'
import { siteName } from '../../../lib/format.ts'
import { Finding, Why } from '../../../ui/finding.tsx'
import classes from './step-code.module.css'
import type { CodeProps } from '../step-data.ts'

/** More codes with one reason than this are folded. */
const MANY = 6
const SEVERITIES = ['block', 'warn', 'info'] as const

export function Recommendation({ caseView, guide }: CodeProps) {
  const { choice } = caseView
  const rule = guide.rules.find((one) => one.id === choice.ruleId)
  const codes = codesOf(caseView)
  // What is still asked stands at the left; this names what was answered "not known" and still matters.
  const open = choice.missing.filter(({ fact }) => !caseView.questions.some((question) => question.fact === fact))
  return (
    <div aria-live="polite" className="cw-stack">
      <div className={classes.recommended}>
        {codes.length > 1 && <div className={classes.chain}>{codes.map(({ code }) => code).join('  →  ')}</div>}
        {codes.map(({ code, area, count }) => (
          <div key={code + area} className={classes.code}>
            <strong>{code}</strong>
            <span>
              {guide.codes.find((one) => one.code === code)?.label}
              {area && `, ${siteName(null, area)}`}
              {count > 1 && ` × ${count}`}
            </span>
          </div>
        ))}
        {codes.length === 0 && (
          <div className="cw-muted">
            {choice.missing.length > 0
              ? 'Nothing to report yet: answer the questions.'
              : choice.instead
                ? `No code is proposed. ${choice.instead}.`
                : 'Nothing is reported for this visit.'}
          </div>
        )}
        {reasonsOf(choice).map(({ reason, source, confidence }) => (
          <div key={reason} className={classes.reason}>
            <span>{reason}</span>
            <Why
              reason={rule?.title ?? reason}
              {...(rule ? { rule: rule.id } : {})}
              source={source.split('; ')}
              confidence={confidence}
            />
          </div>
        ))}
      </div>
      {open.length > 0 && (
        <ul className={classes.rejected} aria-label="Still open">
          {open.slice(0, 3).map((missing) => (
            <li key={missing.fact} className="cw-muted">
              Still open: {missing.question}{' '}
              {missing.evidence.length > 0 && `Settled by: ${missing.evidence.join('; ')}.`}
            </li>
          ))}
        </ul>
      )}
      {SEVERITIES.flatMap((severity) =>
        choice.findings
          .filter((finding) => finding.severity === severity)
          .map((finding) => (
            <Finding
              key={finding.id + finding.message}
              severity={severity}
              source={finding.source.split('; ')}
              confidence={finding.confidence}
            >
              {finding.message}
            </Finding>
          )),
      )}
      {choice.rejected.length > 0 && (
        <ul className={classes.rejected} aria-label="Not these codes">
          {groupRejected(choice.rejected).map(({ codes: others, reason }) => (
            <li key={reason}>
              {others.length <= MANY ? (
                <>
                  <strong>Not {others.join(', ')}</strong>: {reason}
                </>
              ) : (
                <details>
                  <summary>
                    Not {others.length} codes: {reason}
                  </summary>
                  {others.join(', ')}
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Every code of the plan once: `D3351`, `D3352 × 2`, `D3353`. */
function codesOf({ proposedLines }: CaseView): { code: string; area: string; count: number }[] {
  const found = new Map<string, { code: string; area: string; count: number }>()
  for (const { code, area, quantity = 1 } of proposedLines) {
    const key = code + (area ?? '')
    const entry = found.get(key) ?? { code, area: area ?? '', count: 0 }
    found.set(key, { ...entry, count: entry.count + quantity })
  }
  return [...found.values()]
}

function reasonsOf({ lines }: CaseView['choice']) {
  return lines.filter((line, index) => lines.findIndex((other) => other.reason === line.reason) === index)
}

function groupRejected(rejected: CaseView['choice']['rejected']): { codes: string[]; reason: string }[] {
  const byReason = new Map<string, string[]>()
  for (const { code, reason } of rejected) byReason.set(reason, [...(byReason.get(reason) ?? []), code])
  return [...byReason].map(([reason, codes]) => ({ codes, reason }))
}
