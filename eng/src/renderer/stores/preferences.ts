// What the person at this screen prefers: color scheme and a folded navigation. UI state only, never data.
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type Scheme = 'auto' | 'light' | 'dark'

interface Preferences {
  scheme: Scheme
  navFolded: boolean
  setScheme: (scheme: Scheme) => void
  toggleNav: () => void
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      scheme: 'auto',
      navFolded: false,
      setScheme: (scheme) => set({ scheme }),
      toggleNav: () => set((now) => ({ navFolded: !now.navFolded })),
    }),
    { name: 'preferences', partialize: ({ scheme, navFolded }) => ({ scheme, navFolded }) },
  ),
)
