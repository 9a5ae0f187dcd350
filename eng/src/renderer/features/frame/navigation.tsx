// The navigation at the left: the places that exist, with what waits there.
import { Link, useLocation } from 'wouter'
import { placesOf, type NavItem } from '../../lib/feature.ts'
import { ariaKey, digitOf } from '../../lib/keys.ts'
import { features } from '../registry.tsx'
import classes from './frame.module.css'

export function Navigation() {
  return (
    <nav aria-label="Main">
      <ul className={classes.nav}>
        {placesOf(features).map((nav, index) => (
          <NavLink key={nav.path} item={nav} digit={digitOf(index)} />
        ))}
      </ul>
    </nav>
  )
}

function NavLink({ item, digit }: { item: NavItem; digit: string | undefined }) {
  const [location] = useLocation()
  const isHere = item.path === '/' ? location === '/' : location.startsWith(item.path)
  const { icon: Icon, Badge } = item
  return (
    <li>
      <Link
        href={item.path}
        className={classes.link}
        aria-current={isHere ? 'page' : undefined}
        aria-keyshortcuts={digit && ariaKey(`mod+${digit}`)}
        title={item.label}
      >
        <Icon size={18} stroke={1.75} />
        <span className={classes.label}>{item.label}</span>
        {Badge && <Badge />}
      </Link>
    </li>
  )
}
