// What others wrote of Claimwright, each with its license.
import { useState } from 'react'
import { useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'

export function ThirdParties() {
  const [isShown, setShown] = useState(false)
  return (
    <Section
      title="Licenses"
      note="Claimwright is free software under the MIT license, and contains software of others"
    >
      {isShown ? <List /> : <Button onClick={() => setShown(true)}>Show the licenses of others</Button>}
    </Section>
  )
}

function List() {
  return (
    <Answer query={useRoute('shell.thirdParties', {})}>
      {({ parties }) => (
        <ul className="cw-plain-list" aria-label="Licenses of others">
          {parties.map(({ name, version, license, text }) => (
            <li key={`${name} ${version}`}>
              <details>
                <summary>
                  {name} {version} <span className="cw-muted">{license}</span>
                </summary>
                <pre style={{ whiteSpace: 'pre-wrap' }}>{text}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </Answer>
  )
}
