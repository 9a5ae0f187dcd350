// The balance of one EOB line in one row: billed − contract − patient = paid; other groups where they took something.
import { Fragment } from 'react'
import { differenceOf, groupSum } from '#core/remittance/outcome.ts'
import type { RemittanceLineInput } from '#core/remittance/schema.ts'
import { formatMoney } from '../../../lib/format.ts'
import { GROUP_WORDS } from './follow-up-words.ts'
import { StatusTag } from '../../../ui/status-tag.tsx'

type Line = Pick<RemittanceLineInput, 'billedCents' | 'paidCents' | 'adjustments'>

/** Says whether the line adds up and by how much it does not. */
export function Equation({ line }: { line: Line }) {
  const difference = differenceOf(line)
  return (
    <div className="cw-row" role="group" aria-label="Balance of the line">
      <span>{formatMoney(line.billedCents)} billed</span>
      {(['CO', 'PR', 'OA', 'PI'] as const).map((group) => {
        const sum = groupSum(line, group)
        const isUsual = group === 'CO' || group === 'PR'
        return sum === 0 && !isUsual ? null : (
          <Fragment key={group}>
            <span className="cw-muted">−</span>
            <span className={sum === 0 ? 'cw-muted' : undefined}>
              {formatMoney(sum)} {GROUP_WORDS[group]} <small>{group}</small>
            </span>
          </Fragment>
        )
      })}
      <span className="cw-muted">=</span>
      <strong>{formatMoney(line.paidCents)} paid</strong>
      {difference === 0 ? (
        <StatusTag tone="ok">Balanced</StatusTag>
      ) : (
        <StatusTag tone="warn">Difference {formatMoney(difference)}</StatusTag>
      )}
    </div>
  )
}
