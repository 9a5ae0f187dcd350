// One payment: does it add up, which claims are ready, what is withheld; and posting.
import { useState } from 'react'
import { useParams } from 'wouter'
import { findReason } from '#core/remittance/provider-reasons.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { countOf, dateOrDash, formatMoney, moneyOrDash, oneLine } from '../../lib/format.ts'
import { usePages } from '../../lib/paging.ts'
import { Progress } from '../../lib/progress.tsx'
import { explainError, useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Page } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { ClaimRows } from './claim-rows.tsx'
import classes from './remittance.module.css'
import { Warnings } from './warnings.tsx'
import { methodName, postedWords } from './remittance-words.ts'

type Payment = OutputOf<'era.get'>

export default function PaymentScreen() {
  const { id } = useParams<{ id: string }>()
  const query = useRoute('era.get', { id: id })
  return <Answer query={query}>{(payment) => <Payment payment={payment} />}</Answer>
}

function Payment({ payment }: { payment: Payment }) {
  const canWork = useCan('work')
  const [isConfirmed, setConfirmed] = useState(false)
  const { pages, list } = usePages('era.claims', { paymentId: payment.id, limit: 200 })
  const rows = pages.flatMap((page) => page.rows)
  const { ready, odd } = payment
  const isOff = payment.differenceCents !== 0
  const post = useCommand('era.post', {
    expected: ['REFUSED'],
    done: postedWords,
    onSuccess: () => setConfirmed(false),
  })
  return (
    <Page
      title={`${payment.payer || 'Payment'} ${moneyOrDash(payment.amountCents)}`}
      lead={oneLine([
        methodName(payment.method),
        payment.trace && `trace ${payment.trace}`,
        dateOrDash(payment.date),
        payment.accountEnd && `to account ending ${payment.accountEnd}`,
        payment.isTest && 'TEST DATA',
      ])}
      actions={
        canWork &&
        payment.open > 0 && (
          <Button
            variant="filled"
            shortcut="mod+enter"
            loading={post.isPending}
            disabled={ready === 0 || ((odd === ready || isOff) && !isConfirmed)}
            onClick={() => post.mutate({ paymentId: payment.id, acknowledgeDifference: isConfirmed })}
          >
            {`Post ${countOf(isConfirmed ? ready : ready - odd, 'claim')}`}
          </Button>
        )
      }
    >
      <Sums payment={payment} />
      {/* What the sums above say already is not said twice. */}
      <Warnings warnings={payment.warnings.filter((one) => one.code !== 'payment_unbalanced')} />
      {post.isPending && <Progress label="Posting" />}
      {post.error && <Finding severity="warn">{explainError(post.error)}</Finding>}
      {(odd > 0 || (isOff && ready > 0)) && canWork && (
        <CheckField
          label={
            odd === 0
              ? 'I compared the payment with the deposit: post it as it is'
              : odd === 1
                ? 'Also post 1 claim that asks for a check, as it is'
                : `Also post ${odd.toLocaleString('en-US')} claims that ask for a check, as they are`
          }
          value={isConfirmed}
          onChange={setConfirmed}
        />
      )}
      {post.data && post.data.left.length > 0 && (
        <Finding severity="warn">
          {post.data.left.slice(0, 5).map((one) => (
            <div key={one.id}>{`${one.number || 'A claim'}: ${one.reason}`}</div>
          ))}
          {post.data.left.length > 5 && (
            <div>{`and ${post.data.left.length - 5} more, each with its reason below`}</div>
          )}
        </Finding>
      )}
      <ClaimRows
        label="Claims of this payment"
        rows={rows}
        {...list}
        empty={<EmptyState title="No claims">This payment only carries provider adjustments.</EmptyState>}
      />
    </Page>
  )
}

/** The payment as an equation, and whether it holds. */
function Sums({ payment }: { payment: Payment }) {
  const { differenceCents, providerAdjustments, payerPhone } = payment
  return (
    <div className="cw-stack">
      <div className={classes.sums} role="group" aria-label="Does it add up?">
        <Sum name={countOf(payment.claims, 'claim')} amount={moneyOrDash(payment.claimsPaidCents)} />
        {providerAdjustments.map((one) => (
          <Sum
            key={one.id}
            name={oneLine([findReason(one.reason), one.claimNumber || one.reference], ', ')}
            amount={one.cents === null ? 'unreadable' : formatMoney(-one.cents)}
          />
        ))}
        <Sum name="Payment" amount={moneyOrDash(payment.amountCents)} />
        {differenceCents === 0 && <StatusTag tone="ok">Adds up</StatusTag>}
      </div>
      {differenceCents !== 0 && (
        <Finding severity="warn">
          {differenceCents === null
            ? 'An amount cannot be read. Compare the deposit with the paper.'
            : `Off by ${formatMoney(Math.abs(differenceCents))}. Do not close the deposit before the payer has explained it.`}
          {payerPhone && ` Payer’s phone: ${payerPhone}.`}
        </Finding>
      )}
    </div>
  )
}
function Sum({ name, amount }: { name: string; amount: string }) {
  return (
    <div>
      <div className="cw-muted">{name}</div>
      <strong>{amount}</strong>
    </div>
  )
}
