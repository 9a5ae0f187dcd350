// Bug: after "Post EOB", or a button that was busy for a moment, the next Tab began at the top of the window.
import { afterEach, expect, it } from 'vitest'
import { keepFocus } from '#renderer/lib/keep-focus.ts'

Element.prototype.checkVisibility ??= () => true
keepFocus()
afterEach(() => document.body.replaceChildren())
const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))

it('what is removed leaves the focus to what is around it, and a whole dialog to the page', async () => {
  document.body.innerHTML =
    '<main><section><form><button>Post</button></form></section></main><div role="dialog"><input></div>'
  document.querySelector('button')!.focus()
  document.querySelector('form')!.remove()
  await drawn()
  expect(document.activeElement).toBe(document.querySelector('section'))
  document.querySelector('input')!.focus()
  document.querySelector('[role=dialog]')!.remove()
  await drawn()
  expect(document.activeElement).toBe(document.querySelector('main'))
})

it('a button that was busy has the focus again; a click beside everything lets it go', async () => {
  document.body.innerHTML = '<main><section><button>Save</button></section></main>'
  const button = document.querySelector('button')!
  button.focus()
  button.disabled = true
  // As a browser does when it draws.
  button.blur()
  await drawn()
  expect(document.activeElement).toBe(document.querySelector('section'))
  button.disabled = false
  await drawn()
  expect(document.activeElement).toBe(button)
  document.dispatchEvent(new Event('pointerdown'))
  button.remove()
  await drawn()
  expect(document.activeElement).toBe(document.body)
})
