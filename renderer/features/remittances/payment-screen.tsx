// One payment: does it add up, which claims are ready, what is withheld; and posting.
import { useState } from 'react'
import { useParams } from 'wouter'
import { findReason } from '#core/remittance/provider-reasons.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { countOf, dateOrDash, formatMoney, moneyOrDash } from '../../lib/format.ts'
import { usePages } from '../../lib/pages.ts'
import { Progress } from '../../lib/progress.tsx'
import { explainError, useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { ClaimRows } from './claim-rows.tsx'
import classes from './remittances.module.css'
import { Warnings } from './warnings.tsx'
import { methodName } from './words.ts'

type Payment = OutputOf<'era.get'>

export default function PaymentScreen() {
  const { id } = useParams<{ id: string }>()
  const query = useRoute('era.get', { id: id })
  return <Answer query={query}>{(payment) => <Payment payment={payment} />}</Answer>
}

function Payment({ payment }: { payment: Payment }) {
  const canWork = useCan('work')
  const [isConfirmed, setConfirmed] = useState(false)
  const { pages, isPending, more } = usePages('era.claims', { paymentId: payment.id, limit: 200 })
  const rows = pages.flatMap((page) => page.rows)
  const { ready, odd } = payment
  const post = useCommand('era.post', {
    expected: ['REFUSED'],
    done: ({ posted, paidCents, left }) =>
      `${countOf(posted, 'claim')} posted, ${formatMoney(paidCents)}${left.length > 0 ? `; ${left.length} left` : ''}`,
    onSuccess: () => setConfirmed(false),
  })
  return (
    <Page
      title={`${payment.payer || 'Payment'} ${moneyOrDash(payment.amountCents)}`}
      lead={[
        methodName(payment.method),
        payment.trace && `trace ${payment.trace}`,
        dateOrDash(payment.date),
        payment.accountEnd && `to account ending ${payment.accountEnd}`,
        payment.isTest && 'TEST DATA',
      ]
        .filter(Boolean)
        .join(' · ')}
      actions={
        canWork &&
        payment.open > 0 && (
          <Button
            variant="filled"
            shortcut="mod+enter"
            loading={post.isPending}
            disabled={ready === 0 || (odd === ready && !isConfirmed)}
            onClick={() => post.mutate({ paymentId: payment.id, acknowledgeDifference: isConfirmed })}
          >
            {`Post ${countOf(isConfirmed ? ready : ready - odd, 'claim')}`}
          </Button>
        )
      }
      aside={<Sums payment={payment} />}
      asideLabel="Does it add up?"
    >
      <Warnings warnings={payment.warnings} />
      {post.isPending && <Progress label="Posting" />}
      {post.error && <Finding severity="warn">{explainError(post.error)}</Finding>}
      {odd > 0 && canWork && (
        <CheckField
          label={
            odd === 1
              ? 'Also post 1 claim that does not add up, as it stands, and show the difference'
              : `Also post ${odd.toLocaleString('en-US')} claims that do not add up, as they stand, and show the difference`
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
        loading={isPending}
        onEnd={more}
        empty={<EmptyState title="No claims">This payment only carries provider adjustments.</EmptyState>}
      />
    </Page>
  )
}

function Sums({ payment }: { payment: Payment }) {
  return (
    <div className="cw-stack">
      <Section title="Does it add up?">
        <dl className={classes.sums}>
          <dt>{countOf(payment.claims, 'claim')}</dt>
          <dd>{moneyOrDash(payment.claimsPaidCents)}</dd>
          {payment.providerAdjustments.map((one) => (
            <Entry key={one.id} one={one} />
          ))}
          <dt className={classes.total}>Payment</dt>
          <dd className={classes.total}>{moneyOrDash(payment.amountCents)}</dd>
        </dl>
        {payment.differenceCents === 0 ? (
          <Finding severity="info">Claims and provider adjustments add up to the payment.</Finding>
        ) : (
          <Finding severity="warn">
            {payment.differenceCents === null
              ? 'An amount cannot be read. Compare the deposit with the paper.'
              : `Off by ${formatMoney(payment.differenceCents)}. Do not close the deposit before the payer has explained it.`}
          </Finding>
        )}
      </Section>
      {payment.payerPhone && <p className="cw-muted">Payer’s phone {payment.payerPhone}</p>}
    </div>
  )
}
function Entry({ one }: { one: Payment['providerAdjustments'][number] }) {
  const name = [findReason(one.reason), one.claimNumber || one.reference].filter(Boolean).join(', ')
  return (
    <>
      <dt>{name}</dt>
      <dd>{one.cents === null ? 'unreadable' : formatMoney(-one.cents)}</dd>
    </>
  )
}
