// How far a long command has come, and the button that stops it: nothing of a stopped one is kept.
import { useEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Actions } from '../ui/dialog.tsx'
import { call, onHostEvent } from './client.ts'

/** Shown while the command runs; `label` says what is done, such as `Posting`. */
export function Progress({ label }: { label: string }) {
  const [at, setAt] = useState({ done: 0, total: 0 })
  useEffect(() => onHostEvent((event) => event.type === 'progress' && setAt(event)), [])
  const share = at.total > 0 ? ` ${Math.round((at.done / at.total) * 100)} %` : '…'
  return (
    <Actions>
      <progress value={at.done} max={at.total || 1} aria-label={label} />
      <span role="status">{`${label}${share}`}</span>
      <Button onClick={() => void call('session.cancelWork', {})}>Stop</Button>
    </Actions>
  )
}
