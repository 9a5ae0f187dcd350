// A number that is read out on the phone: a click or Enter copies it.
import { IconCopy } from '@tabler/icons-react'
import { useCommand } from '../query.ts'

/** `member M0149908`; nothing where there is none. */
export function Copied({ label, text }: { label: string; text: string | null | undefined }) {
  const copy = useCommand('shell.copy', { done: `${label} copied` })
  if (!text) return null
  return (
    <button type="button" className="cw-copied" title={`Copy ${label}`} onClick={() => copy.mutate({ text })}>
      <span className="cw-muted">{label}</span> {text} <IconCopy size={14} aria-hidden />
    </button>
  )
}
