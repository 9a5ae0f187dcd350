// The numbers beside a place in the navigation: how many wait, and how many of them need attention.
import { IconAlertTriangle } from '@tabler/icons-react'
import { countText } from '#core/counts.ts'
import classes from './kit.module.css'

/** Zero shows nothing. The count hides when the navigation is folded, the sign stays. */
export function NavBadge({ count, alert = 0 }: { count?: number; alert?: number }) {
  if (!count && !alert) return null
  return (
    <span className={classes.navBadge}>
      {count ? (
        <span data-fold>
          <span className="cw-hidden">, </span>
          {countText(count)}
        </span>
      ) : null}
      {alert > 0 && (
        <span data-alert className={classes.navAlert}>
          <IconAlertTriangle size={13} aria-hidden />
          <span className="cw-hidden">, </span>
          {countText(alert)}
          <span className="cw-hidden"> need attention</span>
        </span>
      )}
    </span>
  )
}
