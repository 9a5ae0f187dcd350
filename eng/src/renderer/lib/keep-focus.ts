// The focus is never lost to the page: when what had it is gone or asleep, the nearest thing around it takes it.

/** The element and everything around it, the nearest first. */
function pathOf(target: EventTarget | null): HTMLElement[] {
  const path: HTMLElement[] = []
  for (let at = target instanceof HTMLElement ? target : null; at; at = at.parentElement) path.push(at)
  return path
}
const isPlace = (element: HTMLElement) =>
  element.isConnected && element.checkVisibility() && element.closest('main, [role=dialog]') !== null
const isAwake = (element: HTMLElement) => isPlace(element) && !element.matches(':disabled')

/** The topmost dialog, else the page. */
const innermost = () =>
  [...document.querySelectorAll<HTMLElement>('[role=dialog]')].filter((one) => one.checkVisibility()).at(-1) ??
  document.querySelector<HTMLElement>('main')

/** Watches the document for as long as it is open. */
export function keepFocus(): void {
  /** What has, or had, the focus. */
  let path: HTMLElement[] = []
  /** What lost it, and what keeps it meanwhile. */
  let kept: { lost: HTMLElement; home: HTMLElement } | null = null
  document.addEventListener('focusin', ({ target }) => {
    if (target === kept?.home) return
    delete kept?.home.dataset['keepsFocus']
    path = pathOf(target)
    kept = null
  })
  // A click beside everything means to leave it.
  document.addEventListener('pointerdown', () => {
    path = []
    kept = null
  })
  const mend = () => {
    if (kept && document.activeElement === kept.home) {
      if (isAwake(kept.lost)) kept.lost.focus({ preventScroll: true })
      return
    }
    const [lost] = path
    if (!lost || document.activeElement !== document.body) return
    const home = path.slice(1).find(isPlace) ?? innermost()
    if (!home) return
    if (home.tabIndex < 0) home.tabIndex = -1
    home.dataset['keepsFocus'] = ''
    kept = { lost, home }
    home.focus({ preventScroll: true })
  }
  let isAsked = false
  new MutationObserver(() => {
    mend()
    if (isAsked) return
    isAsked = true
    // A browser takes the focus from what fell asleep only when it draws.
    const once = () => {
      isAsked = false
      mend()
    }
    requestAnimationFrame(() => requestAnimationFrame(once))
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
}
