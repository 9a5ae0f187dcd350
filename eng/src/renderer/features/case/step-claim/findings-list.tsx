// What a payer would send back, the blocking first; Enter goes to the field that mends it. What is only good to know is folded.
import type { ClaimFinding } from '#core/claim/schema.ts'
import { useKeys } from '../../../lib/keys.ts'
import { confidenceText } from '../../../ui/finding.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import { StatusTag } from '../../../ui/status-tag.tsx'
import classes from './claim.module.css'

const WORDS = {
  block: { tone: 'warn', word: 'Must fix' },
  warn: { tone: 'warn', word: 'Look at it' },
  info: { tone: 'info', word: 'Good to know' },
} as const

/** Puts the focus into the field of a finding; a finding about all lines goes to the first one. */
export function goToField(field: string): void {
  const name = field === 'lines' ? 'lines.0.code' : field
  const input = document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)
  input?.scrollIntoView({ block: 'center' })
  input?.focus()
}

export function FindingsList({ findings }: { findings: readonly ClaimFinding[] }) {
  const first = findings.find(({ severity }) => severity !== 'info') ?? findings[0]
  useKeys([
    { combo: 'alt+f', label: 'Go to the first finding', run: () => first && goToField(first.field), disabled: !first },
  ])
  if (!first) return <StatusTag tone="ok">No problems found</StatusTag>
  const isProblem = ({ severity }: ClaimFinding) => severity !== 'info'
  const known = findings.filter((finding) => !isProblem(finding))
  const problems = findings.filter(isProblem)
  return (
    <>
      {problems.length > 0 ? (
        <Rows label="Findings" findings={problems} />
      ) : (
        <StatusTag tone="ok">No problems found</StatusTag>
      )}
      {known.length > 0 && (
        <details>
          <summary>{`Good to know (${known.length})`}</summary>
          <Rows label="Good to know" findings={known} />
        </details>
      )}
    </>
  )
}

function Rows({ label, findings }: { label: string; findings: readonly ClaimFinding[] }) {
  return (
    <ul className={classes.findings} aria-label={label}>
      {findings.map((finding, index) => (
        <li key={finding.id}>
          <button type="button" onClick={() => goToField(finding.field)}>
            <StatusTag tone={WORDS[finding.severity].tone}>{WORDS[finding.severity].word}</StatusTag>
            <span>
              {finding.message}
              <span className={classes.findingSource}>
                {finding.source}
                {finding.confidence && finding.confidence !== 'confirmed' && ` · ${confidenceText(finding.confidence)}`}
              </span>
            </span>
            {index === 0 && finding.severity !== 'info' && <Kbd combo="alt+f" />}
          </button>
        </li>
      ))}
    </ul>
  )
}
