// The office's date, given to every part below; parts never read the computer's clock.
import { createContext, useContext } from 'react'
import type { IsoDate } from '#core/dates.ts'

const TodayContext = createContext<IsoDate>('2000-01-01')
export const TodayProvider = TodayContext.Provider

/** Today as the host sees it. */
export function useToday(): IsoDate {
  return useContext(TodayContext)
}
