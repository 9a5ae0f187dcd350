// What jsdom lacks and the UI needs; runs before every renderer test file.
import '@testing-library/jest-dom/vitest'
import { notifications } from '@mantine/notifications'
import { cleanup, configure, prettyDOM } from '@testing-library/react'
import * as React from 'react'
import { afterEach, beforeEach, vi } from 'vitest'
import { forgetDrafts } from '#renderer/lib/drafts.ts'

configure({
  // A guard against hanging, not a measure of speed: a busy machine is slow.
  asyncUtilTimeout: 15_000,
  // The page is printed when somebody reads the error, not each time that something is not there yet.
  getElementError: (message, container) =>
    Object.defineProperty(new Error(), 'message', {
      configurable: true,
      get: () => `${message}\n\n${prettyDOM(container)}`,
    }),
})

// React keeps a stack for each element, to name its place in warnings: a tenth of the time of these tests.
const { __CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE: internals } = React as unknown as {
  __CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE: object
}
Object.defineProperty(internals, 'recentlyCreatedOwnerStacks', {
  get: () => Infinity,
  set: () => {},
  configurable: true,
})

class NoResizes {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  }) as unknown as MediaQueryList
window.ResizeObserver ??= NoResizes
Object.assign(HTMLElement.prototype, { scrollIntoView: () => {}, setPointerCapture: () => {} })
Object.assign(URL, { createObjectURL: () => 'blob:test', revokeObjectURL: () => {} })
// Mantine's growing text area waits for fonts.
Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true })

beforeEach(() => {
  location.hash = '#/'
  // The test before left some for an office that is gone, and everybody here has the same id.
  forgetDrafts()
})
afterEach(() => {
  cleanup()
  notifications.clean()
  delete window.claimwright
  localStorage.clear()
  sessionStorage.clear()
  vi.useRealTimers()
})
