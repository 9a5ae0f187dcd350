// What is odd about a file, each kind once with how often and where first.
import type { OutputOf } from '#core/contract/index.ts'
import { Finding } from '../../ui/finding.tsx'

const MOST = 6

export function Warnings({ warnings }: { warnings: OutputOf<'era.preview'>['warnings'] }) {
  if (warnings.length === 0) return null
  const kinds = [...new Set(warnings.map((one) => one.message))]
  return (
    <Finding severity="warn">
      {kinds.slice(0, MOST).map((message) => {
        const places = warnings.filter((one) => one.message === message)
        const first = places[0]!.segment
        const where =
          first === 0 ? '' : ` (segment ${first}${places.length > 1 ? ` and ${places.length - 1} more` : ''})`
        return <div key={message}>{`${message}${where}`}</div>
      })}
      {kinds.length > MOST && <div>{`${kinds.length - MOST} more kinds of warnings.`}</div>}
    </Finding>
  )
}
