// Every part of the kit in every state renders and passes axe. Catches: a control without a name, a wrong role, a crash on long text.
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { specimens } from '#renderer/gallery/gallery-screen.tsx'
import { renderApp } from '#test/helpers/render.tsx'

// jsdom has no layout: contrast and sizes are checked in the real window (test/e2e). One part is not a page.
const RULES = {
  'color-contrast': { enabled: false },
  region: { enabled: false },
  'page-has-heading-one': { enabled: false },
}

describe('gallery', () => {
  it.each(specimens.flatMap(({ part, states }) => states.map((state) => ({ part, ...state }))))(
    '$part, $name: renders and has no accessibility violation',
    async ({ show }) => {
      renderApp(show())
      const result = await axe.run(document.body, { rules: RULES })
      expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
    },
  )
})
