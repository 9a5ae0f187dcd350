// What the answers lead to, why, from which source; what speaks against the other codes; what is still missing.
import type { CaseView } from '#core/contract/case.ts'
import { Finding, Why } from '../../../ui/finding.tsx'
import type { StepProps } from './code-step.tsx'
import classes from './step-code.module.css'

export function Recommendation({ caseView, guide }: StepProps) {
  const { choice } = caseView
  const rule = guide.rules.find((one) => one.id === choice.ruleId)
  return (
    <div aria-live="polite">
      <div className={classes.recommended}>
        <Codes caseView={caseView} />
        {choice.lines.map((line) => (
          <div key={`${line.code}-${line.area ?? ''}`}>
            {line.code} {guide.codes.find((code) => code.code === line.code)?.label}
            {line.quantity && line.quantity > 1 ? ` × ${line.quantity}` : ''}. {line.reason}{' '}
            <Why
              reason={line.reason}
              source={line.source.split('; ')}
              confidence={line.confidence}
              {...(rule ? { rule: `${rule.id}: ${rule.title}` } : {})}
            />
          </div>
        ))}
        {choice.lines.length === 0 && (
          <div className="cw-muted">
            {choice.missing.length > 0
              ? 'Nothing to report yet: answer the questions first.'
              : 'Nothing is reported for this visit.'}
          </div>
        )}
      </div>
      {choice.missing.slice(0, 3).map((missing) => (
        <p key={missing.fact} className="cw-muted">
          Still open: {missing.question} {missing.evidence.length > 0 && `(${missing.evidence.join('; ')})`}
        </p>
      ))}
      {choice.findings.map((finding) => (
        <Finding
          key={finding.id + finding.message}
          severity={finding.severity}
          source={finding.source.split('; ')}
          confidence={finding.confidence}
        >
          {finding.message}
        </Finding>
      ))}
      {choice.rejected.length > 0 && (
        <ul className={classes.rejected} aria-label="Not these codes">
          {groupRejected(choice.rejected).map(({ codes, reason }) => (
            <li key={reason}>
              <strong>Not {codes.join(', ')}</strong>: {reason}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** The plan of visits as one line: `D3351 now, D3352 per medicament change, D3353 at the final fill`. */
function Codes({ caseView }: { caseView: CaseView }) {
  const codes = [
    ...new Set(caseView.proposedLines.map((line) => (line.area ? `${line.code} (${line.area})` : line.code))),
  ]
  if (codes.length === 0) return null
  return <div className={classes.codes}>{codes.join('  →  ')}</div>
}

function groupRejected(rejected: CaseView['choice']['rejected']): { codes: string[]; reason: string }[] {
  const byReason = new Map<string, string[]>()
  for (const { code, reason } of rejected) byReason.set(reason, [...(byReason.get(reason) ?? []), code])
  return [...byReason].map(([reason, codes]) => ({ codes, reason }))
}
