// A payer's own reason codes on paper EOBs as the office mapped them; a wrong one is forgotten here.
import type { PayerId } from '#core/ids.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Answer } from '../../ui/states.tsx'

export function KnownCodes({ payerId }: { payerId: PayerId }) {
  const canWork = useCan('work')
  const codes = useRoute('reason.own', { payerId })
  const forget = useCommand('reason.map', { done: (_, { code }) => `${code} forgotten` })
  return (
    <>
      <h3>Own reason codes</h3>
      <Answer query={codes}>
        {({ codes: all }) =>
          all.length === 0 ? (
            <p className="cw-muted">None yet. An unknown code typed while entering an EOB is asked about once.</p>
          ) : (
            <ul className="cw-stack" aria-label="Own reason codes">
              {all.map(({ code, group, carc, words, plain }) => (
                <li key={code} className="cw-row">
                  <strong>{code}</strong>
                  <span>
                    {group} {carc}
                  </span>
                  <span className="cw-muted">{words || plain}</span>
                  {canWork && (
                    <Button variant="subtle" onClick={() => forget.mutate({ payerId, code, group, carc: null })}>
                      Forget<span className="cw-hidden">: {code}</span>
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </>
  )
}
