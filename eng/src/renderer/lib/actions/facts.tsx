// What whoever calls reads out, above the fields of the form.
import { formatPhone } from '#core/phone.ts'
import { oneLine, personName, shortSite } from '../format.ts'
import type { ActionProps } from './to-do.ts'
import { Copied } from './copied.tsx'

/** Whom it is about, why, and the numbers to read out; each can be copied. */
export function Facts({ props, of }: { props: ActionProps; of: 'payer' | 'patient' }) {
  const { caseView, todo, payer, memberId, request } = props
  const { patient, tooth, area, lines, visits } = caseView
  const code = lines.at(-1)?.code ?? caseView.decision?.codes[0]
  return (
    <>
      <p>
        <strong>{oneLine([personName(patient), oneLine([shortSite(tooth, area), code], ' ')])}</strong>
      </p>
      <div className="cw-row">
        {of === 'patient' ? (
          <>
            <Copied label="phone" text={formatPhone(patient.phone)} />
            <Copied label="mobile" text={formatPhone(patient.mobile)} />
          </>
        ) : (
          <>
            <Copied label={payer?.name ?? 'payer'} text={payer && formatPhone(payer.phone)} />
            <Copied label="member" text={memberId} />
            <Copied label="born" text={formatBirth(patient.birthDate)} />
            <Copied label="ref." text={request?.reference} />
            <Copied label="served" text={visits.at(-1)?.doneOn && formatBirth(visits.at(-1)!.doneOn!)} />
          </>
        )}
        {of === 'patient' && !patient.phone && !patient.mobile && <span className="cw-muted">No phone on file</span>}
        {of === 'payer' && !payer && (
          <span className="cw-muted">No plan on this case yet: add it on the patient’s page</span>
        )}
        {of === 'payer' && payer && !payer.phone && (
          <span className="cw-muted">{`${payer.name}: no phone on file`}</span>
        )}
      </div>
      {/* A task is the title of its form. */}
      {todo.form !== 'do_task' && <p>{todo.reason}</p>}
    </>
  )
}

/** As a payer asks for it: `4/12/2015`. */
function formatBirth(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${month}/${day}/${year}`
}
