// What the codes of an EOB line mean, and what to do about it, most useful first.
import type { RemittanceLine } from '#core/remittance/schema.ts'
import { formatMoney, oneLine } from '../../../lib/format.ts'
import classes from '../money.module.css'

/** Steps are alternatives; only what the contract takes off is done beside the patient’s bill. */
const joinOf = (advice: RemittanceLine['advice'], at: number) =>
  advice[at]!.action === 'WO' && advice[at - 1]!.action === 'BILL' ? 'and' : 'or'

export function Advice({ line }: { line: RemittanceLine }) {
  if (line.meanings.length === 0 && line.advice.length === 0) return null
  return (
    <div className="cw-split">
      {line.meanings.length > 0 && (
        <ul className={classes.plain} aria-label={`What the codes of ${line.code} mean`}>
          {line.meanings.map((meaning, index) => (
            <li key={`${meaning.code}${index}`}>
              {meaning.cents !== null && `${formatMoney(meaning.cents)} `}
              <strong>{meaning.plain}</strong>{' '}
              <small className="cw-muted">{oneLine([meaning.group, meaning.code], ' ')}</small>
              {!meaning.known && ' Not in our table: read the EOB’s own legend.'}
              {meaning.retired && ' Retired code.'}
              {meaning.alert && <span className="cw-muted"> Information only.</span>}
            </li>
          ))}
        </ul>
      )}
      {line.advice.length > 0 && (
        <ol className={classes.plain} aria-label={`What to do about ${line.code}`}>
          {line.advice.map((step, index) => (
            <li key={step.action}>
              {index === 0 ? <strong>{step.text}</strong> : `${joinOf(line.advice, index)}: ${step.text}`}
              <span className="cw-muted"> {step.why}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
