// The palette: one field that finds patients, cases, guide pages and actions. Presentational; the frame feeds it.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Kbd } from './kbd.tsx'
import { Dialog } from './dialog.tsx'
import classes from './palette.module.css'

export interface PaletteItem {
  id: string
  group: string
  title: string
  detail?: string
  shortcut?: string
  run: () => void
}
interface PaletteProps {
  open: boolean
  onClose: () => void
  text: string
  onText: (text: string) => void
  /** Already filtered, in the order to show; equal groups stand together. */
  items: readonly PaletteItem[]
  busy?: boolean
}

/** Type, arrows, Enter. The focus never leaves the field; Esc closes. */
export function Palette({ open, onClose, text, onText, items, busy = false }: PaletteProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Search" size="lg" bare>
      <Finder onClose={onClose} text={text} onText={onText} items={items} busy={busy} />
    </Dialog>
  )
}

function Finder({ onClose, text, onText, items, busy }: Omit<Required<PaletteProps>, 'open'>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const current = Math.min(at, items.length - 1)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  function pick(item: PaletteItem | undefined): void {
    if (!item) return
    onClose()
    item.run()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setAt(Math.min(items.length - 1, current + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, current - 1))
    else if (event.key === 'Enter') pick(items[current])
    else return
    event.preventDefault()
  }

  return (
    <div>
      <input
        className={classes.input}
        type="text"
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={id}
        aria-activedescendant={items[current] ? `${id}-${current}` : undefined}
        aria-label="Search patients, cases, codes, actions"
        placeholder="Name, birth date, tooth, code, reference number, action…"
        autoFocus
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setAt(0)
          onText(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={id} role="listbox" aria-label="Found" className={classes.list}>
        {items.map((item, index) => (
          <div key={item.id} role="presentation">
            {item.group !== items[index - 1]?.group && (
              <div role="presentation" className={classes.group}>
                {item.group}
              </div>
            )}
            <div
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              className={classes.item}
              onMouseMove={() => setAt(index)}
              onClick={() => pick(item)}
              onKeyDown={onKeyDown}
            >
              <span className={classes.title}>{item.title}</span>
              <span className={classes.detail}>{item.detail}</span>
              {item.shortcut && <Kbd combo={item.shortcut} />}
            </div>
          </div>
        ))}
      </div>
      {items.length === 0 && !busy && text.trim() !== '' && (
        <p className={classes.none} role="status">
          Nothing found. Try a last name, a birth date such as 4/12/2015, #8 or D3353.
        </p>
      )}
    </div>
  )
}
