// Help for the screen: what it is, what to do, its keys; F1 opens it, also over another dialog or from a field.
import { useState } from 'react'
import { findHelp, type HelpPage } from '#core/help.ts'
import { ABOVE_ALL, KeyLayer, useKeys } from '../lib/keys.ts'
import { Dialog } from './dialog.tsx'
import { TextField } from './fields.tsx'
import { ActiveKeys } from './key-map.tsx'
import classes from './kit.module.css'

interface HelpProps {
  /** The page that is open. */
  page: string | null
  /** All pages; empty while they are read. */
  pages: readonly HelpPage[]
  /** The page of this screen. */
  current: string
  onOpen: (page: string) => void
  onClose: () => void
}

/** Put once into the frame. */
export function Help({ page, onOpen, onClose, ...props }: HelpProps) {
  useKeys([{ combo: 'f1', label: 'Help for this screen', run: () => onOpen(props.current), everywhere: true }])
  return (
    <KeyLayer.Provider value={ABOVE_ALL}>
      <Dialog open={page !== null} onClose={onClose} title="Help" size="lg" onTop>
        <HelpPages key={page} opened={page ?? ''} {...props} />
      </Dialog>
    </KeyLayer.Provider>
  )
}

function HelpPages({ pages, current, opened }: Pick<HelpProps, 'pages' | 'current'> & { opened: string }) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(opened)
  const found = text.trim() === '' ? pages : findHelp(pages, text)
  // What was found is shown; without a search the page that was chosen.
  const shown = found.find(({ id }) => id === chosen) ?? found[0]
  return (
    <div className="cw-stack">
      <TextField label="Find in help" value={text} onChange={setText} autoFocus />
      <div className={classes.help}>
        <nav aria-label="Help pages">
          <ul className="cw-plain-list">
            {found.map(({ id, title }) => (
              <li key={id}>
                <button
                  type="button"
                  className="cw-link"
                  aria-current={id === shown?.id || undefined}
                  onClick={() => setChosen(id)}
                >
                  {title}
                </button>
              </li>
            ))}
          </ul>
          {found.length === 0 && text.trim() !== '' && <p role="status">Nothing found. Try another word.</p>}
        </nav>
        {shown && <Shown page={shown} isHere={shown.id === current} />}
      </div>
    </div>
  )
}

function Shown({ page, isHere }: { page: HelpPage; isHere: boolean }) {
  return (
    <article aria-label={page.title}>
      <h2>{page.title}</h2>
      <p>{page.what}</p>
      <h3>What to do</h3>
      <ul>
        {page.do.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      {page.keys.length > 0 && (
        <>
          <h3>Keys</h3>
          <dl className="cw-facts">
            {page.keys.map(({ keys, does }) => (
              <div key={keys} style={{ display: 'contents' }}>
                <dt>{keys}</dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {isHere && (
        <details>
          <summary>All keys that work here now</summary>
          <ActiveKeys />
        </details>
      )}
    </article>
  )
}
