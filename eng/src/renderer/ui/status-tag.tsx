// A status: an icon and a word, never color alone.
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconInfoCircle,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './kit.module.css'

/** block: cannot go on · warn: look at it · ok: done · info: good to know · wait: others act · plain: nothing special · todo: not begun */
export type Tone = 'block' | 'warn' | 'ok' | 'info' | 'wait' | 'plain' | 'todo'

const ICONS = {
  block: IconAlertOctagon,
  warn: IconAlertTriangle,
  ok: IconCircleCheck,
  info: IconInfoCircle,
  wait: IconClock,
  plain: IconCircle,
  todo: IconCircleDashed,
} as const

/** The icon of a tone; always beside a word. */
export function ToneIcon({ tone, size = 16 }: { tone: Tone; size?: number }) {
  const Icon = ICONS[tone]
  return <Icon size={size} stroke={2} aria-hidden />
}

/** The color group of a tone, for `data-tone`. */
export function toneGroup(tone: Tone): 'block' | 'warn' | 'ok' | 'info' | 'plain' {
  return tone === 'wait' || tone === 'todo' ? 'plain' : tone
}

/** `✓ Approved`, `⚠ Past due`. */
export function StatusTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.status} data-tone={toneGroup(tone)}>
      <ToneIcon tone={tone} />
      {children}
    </span>
  )
}
