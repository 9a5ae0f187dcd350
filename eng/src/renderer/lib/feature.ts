// What a feature hands to the frame: its screens, its place in the navigation, its actions in the palette.
import type { ComponentType } from 'react'
import type { MenuAction } from '#core/contract/events.ts'
import type { Permission } from '#core/contract/route.ts'

export interface NavItem {
  label: string
  path: string
  icon: ComponentType<{ size?: number; stroke?: number }>
  /** The numbers beside the label: a component that reads them and answers with `<NavBadge>` or null. */
  Badge?: ComponentType
}

export interface Action {
  id: string
  title: string
  /** What else somebody may type for it. */
  words?: string
  /** Works everywhere in the frame and is printed in the palette. */
  shortcut?: string
  /** The menu item of the shell that means the same. */
  menu?: MenuAction
  needs?: Permission
  run: (go: (path: string) => void) => void
}

export interface Feature {
  /** wouter patterns (paths.ts) and what they show; parameters by `useParams`. Wrap heavy screens in React.lazy. */
  screens: readonly { pattern: string; screen: ComponentType }[]
  nav?: NavItem
  actions?: readonly Action[]
}

/** The places of the navigation, in order: Ctrl+1 is the first, Ctrl+0 the tenth. */
export function placesOf(features: readonly Feature[]): NavItem[] {
  return features.flatMap(({ nav }) => (nav ? [nav] : []))
}
