// Printed pages: nothing a person typed may run, load or hide.
import { describe, expect, it } from 'vitest'
import { type Document, fileNameOf } from '#core/document/document.ts'
import { escapeHtml, renderHtml } from '#core/document/html.ts'

/** A5: the usual corpus, in every text field a document has. */
const XSS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><svg/onload=alert(1)>',
  '</title><iframe src=javascript:alert(1)>',
  '<!--<base href=//evil>-->',
  '\u202Egnp.exe',
]

function documentOf(text: string): Document {
  return {
    title: text,
    letterhead: { name: text, lines: [text] },
    date: text,
    recipient: [text],
    subject: [text],
    footer: text,
    blocks: [
      { kind: 'heading', text },
      { kind: 'text', text },
      { kind: 'quote', text, from: text },
      { kind: 'facts', rows: [[text, text]] },
      { kind: 'table', head: [text], rows: [[text]], foot: [text], right: [0] },
      { kind: 'list', items: [text] },
      { kind: 'enclosures', items: [text] },
      { kind: 'signature', name: text, lines: [text] },
    ],
  }
}

describe('renderHtml', () => {
  it.each(XSS)('A5: %s stays text in every field', (text) => {
    const tags = (html: string) => [...html.matchAll(/<\/?[a-z!][^>]*>/gi)].map(([tag]) => tag)
    expect(tags(renderHtml(documentOf(text)))).toEqual(tags(renderHtml(documentOf('plain'))))
  })
  it('loads nothing and allows nothing', () => {
    const html = renderHtml(documentOf('plain'))
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`)
    expect(html).not.toMatch(/<(script|img|link|iframe)|url\(|@import|https?:/)
  })
  it('keeps a quoted note word for word and numbers the enclosures', () => {
    const html = renderHtml({
      ...documentOf('x'),
      blocks: [
        { kind: 'quote', text: 'Apex open & wide; "no" closure', from: 'Sep 30, 2026, Dr. Doe' },
        { kind: 'enclosures', items: ['Film A', 'Film B'] },
      ],
    })
    expect(html).toContain('“Apex open &amp; wide; &quot;no&quot; closure”')
    expect(html).toContain('<ol><li>Film A</li><li>Film B</li></ol>')
  })
  it('drops control characters and direction overrides, keeps line breaks', () => {
    expect(escapeHtml('a\u0000b\u202Ec\nd')).toBe('abc\nd')
  })
})

it('file names say what and when, never whose', () => {
  expect(fileNameOf('appeal-letter', '2026-11-23')).toBe('claimwright-appeal-letter-2026-11-23.pdf')
})
