// The navigation at the left: the places that exist, with what waits there.
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import type { Badge, NavItem } from '../../lib/feature.ts'
import { features } from '../registry.tsx'
import classes from './frame.module.css'

const noBadge = (): Badge | undefined => undefined

export function Navigation() {
  return (
    <nav aria-label="Main">
      <ul className={classes.nav}>
        {features.flatMap(({ nav }, index) =>
          nav ? [<NavLink key={nav.path} item={nav} shortcut={`Control+${index + 1}`} />] : [],
        )}
      </ul>
    </nav>
  )
}

function NavLink({ item, shortcut }: { item: NavItem; shortcut: string }) {
  const [location] = useLocation()
  // The registry is constant, so every render calls the same hook.
  const { useBadge = noBadge } = item
  const badge = useBadge()
  const isHere = item.path === '/' ? location === '/' : location.startsWith(item.path)
  const Icon = item.icon
  return (
    <li>
      <Link
        href={item.path}
        className={classes.link}
        aria-current={isHere ? 'page' : undefined}
        aria-keyshortcuts={shortcut}
        title={item.label}
      >
        <Icon size={18} stroke={1.75} />
        <span className={classes.label}>{item.label}</span>
        {badge && (
          <span className={classes.badge}>
            <span>{badge.count}</span>
            {badge.alert ? (
              <span className={classes.alert}>
                <IconAlertTriangle size={13} aria-hidden />
                {badge.alert}
                <span className="cw-hidden"> need attention</span>
              </span>
            ) : null}
          </span>
        )}
      </Link>
    </li>
  )
}
