// A form that never sends what it cannot read: the first wrong field takes the focus, also when the host finds it wrong.
import { useEffect, useRef, type ReactNode } from 'react'

interface FormProps {
  children: ReactNode
  onSubmit: () => void
  /** Named forms are landmarks; give one when a page has several. */
  label?: string
  busy?: boolean
}

/** Enter submits, also from a list of choices, which a browser would not; in several lines of text Ctrl+Enter does. */
export function Form({ children, onSubmit, label, busy = false }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  /** It was sent, and nobody has typed since: what is refused now is what the person looks at. */
  const isSent = useRef(false)
  useEffect(() => {
    const wrong = isSent.current && form.current?.querySelector<HTMLElement>('[aria-invalid=true]:enabled')
    if (!wrong) return
    isSent.current = false
    wrong.focus()
  })
  return (
    <form
      ref={form}
      noValidate
      aria-label={label}
      className="cw-stack"
      onInput={() => (isSent.current = false)}
      onKeyDown={(event) => {
        const isOwn = event.currentTarget.contains(event.target as Node)
        if (!isOwn || event.key !== 'Enter') return
        const isChoice = event.target instanceof HTMLSelectElement
        if (isChoice || event.ctrlKey || event.metaKey) form.current?.requestSubmit()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        // A dialog opened inside this form has one of its own: React hands its submit up here too.
        if (event.target !== event.currentTarget) return
        const wrong = event.currentTarget.querySelector<HTMLElement>('[data-unreadable] input, input[data-unreadable]')
        if (wrong) wrong.focus()
        else if (!busy) {
          isSent.current = true
          onSubmit()
        }
      }}
    >
      {children}
    </form>
  )
}
