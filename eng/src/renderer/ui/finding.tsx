// Findings, reasons and banners: what is so, why, from where, and how sure.
import { IconHelpCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './kit.module.css'
import { ToneIcon, toneGroup, type Tone } from './status-tag.tsx'

type Confidence = 'confirmed' | 'reported' | 'unverified'

/** How a confidence is worded. */
export function confidenceText(confidence: Confidence): string {
  if (confidence === 'unverified') return 'check with payer'
  return confidence === 'reported' ? 'reported, not confirmed' : 'confirmed'
}

interface FindingProps {
  severity: 'block' | 'warn' | 'info'
  children: ReactNode
  source?: string | readonly string[]
  confidence?: Confidence
  /** What settles it: a button or a link. */
  action?: ReactNode
}
const SEVERITY = { block: 'Must be fixed', warn: 'Look at this', info: 'Good to know' } as const

/** One statement about the case: must be fixed, look at it, good to know. Told apart by icon and word: red is for what is late. */
export function Finding({ severity, children, source, confidence, action }: FindingProps) {
  const sources = typeof source === 'string' ? source : source?.join('; ')
  const doubt = confidence && confidence !== 'confirmed' ? confidenceText(confidence) : 'source'
  return (
    <div
      className={classes.finding}
      data-tone={severity === 'block' ? 'warn' : severity}
      role={severity === 'block' ? 'alert' : undefined}
    >
      <ToneIcon tone={severity} size={17} />
      <div className={classes.findingBody}>
        <span className="cw-hidden">{SEVERITY[severity]}: </span>
        {children}
        {sources && (
          <details className={classes.findingBasis}>
            <summary>{doubt}</summary>
            {sources}
          </details>
        )}
      </div>
      {action}
    </div>
  )
}

interface WhyProps {
  /** The word that opens it. */
  label?: string
  /** On a line with no room for a word: an icon opens it; what it is about is heard. */
  of?: string
  reason: ReactNode
  rule?: string
  source?: string | readonly string[]
  confidence?: Confidence
}

/** `why ▾`: opens to reason, rule, source, date, confidence. */
export function Why({ label = 'why', of, reason, rule, source, confidence }: WhyProps) {
  const sources = source === undefined || typeof source === 'string' ? source : source.join('; ')
  const rows: [string, ReactNode][] = [
    ['Reason', reason],
    ['Rule', rule],
    ['Source', sources],
    ['Sure?', confidence && confidenceText(confidence)],
  ]
  return (
    <details className={classes.why} data-icon={of !== undefined || undefined}>
      <summary title={of && 'Why'}>
        {of === undefined ? (
          label
        ) : (
          <>
            <IconHelpCircle size={16} aria-hidden />
            <span className="cw-hidden">{`Why: ${of}`}</span>
          </>
        )}
      </summary>
      <dl>
        {rows.map(
          ([term, text]) =>
            text && (
              <div key={term} style={{ display: 'contents' }}>
                <dt>{term}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
    </details>
  )
}

/** A line across the top: demo practice, read-only data, backup overdue. */
export function Banner({ tone, children, action }: { tone: Tone; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.banner} data-tone={toneGroup(tone)} role="status">
      <ToneIcon tone={tone} />
      <div className={classes.findingBody}>{children}</div>
      {action}
    </div>
  )
}
