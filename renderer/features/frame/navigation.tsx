// The navigation at the left: the places that exist, with what waits there.
import { Link, useLocation } from 'wouter'
import { placesOf, type NavItem } from '../../lib/feature.ts'
import { features } from '../registry.tsx'
import classes from './frame.module.css'

export function Navigation() {
  return (
    <nav aria-label="Main">
      <ul className={classes.nav}>
        {placesOf(features).map((nav, index) => (
          <NavLink key={nav.path} item={nav} shortcut={`Control+${index + 1}`} />
        ))}
      </ul>
    </nav>
  )
}

function NavLink({ item, shortcut }: { item: NavItem; shortcut: string }) {
  const [location] = useLocation()
  const isHere = item.path === '/' ? location === '/' : location.startsWith(item.path)
  const { icon: Icon, Badge } = item
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
        {Badge && <Badge />}
      </Link>
    </li>
  )
}
