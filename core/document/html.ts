// A document as one self-contained, script-free HTML page for Letter paper.
import { PAGE_HEIGHT, PAGE_WIDTH } from '../paper.ts'
import type { Block, Document } from './document.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text made harmless for element content and attributes (security.md A5); control characters are dropped. */
export function escapeHtml(text: string): string {
  return (
    text
      // Controls and bidi overrides could hide or reorder what the reader sees.
      .replace(/(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
      .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
  )
}

const STYLE = `
@page { size: letter; margin: 22mm 20mm 20mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8.5pt Georgia, serif; color: #333 } }
* { box-sizing: border-box }
html { background: #fff; color: #111 }
body { margin: 0 auto; max-width: 176mm; font: 10.5pt/1.4 Georgia, 'Times New Roman', serif; overflow-wrap: anywhere }
@media screen { body { padding: 18mm 4mm } }
header { border-bottom: 0.5pt solid #888; padding-bottom: 3mm; margin-bottom: 8mm }
header strong { display: block; font-size: 14pt; font-weight: normal; letter-spacing: 0.02em }
header span { color: #444; font-size: 9.5pt }
.date { margin: 0 0 6mm }
.to { margin: 0 0 6mm; white-space: pre-line }
.subject { margin: 0 0 6mm; font-weight: bold; white-space: pre-line }
h2 { font-size: 11.5pt; margin: 6mm 0 2mm; break-after: avoid }
h2.page { break-before: page }
p { margin: 0 0 3mm; white-space: pre-line; orphans: 3; widows: 3 }
blockquote { margin: 0 0 3mm; padding: 0 0 0 5mm; border-left: 1.5pt solid #999; break-inside: avoid }
blockquote p { margin: 0 } blockquote footer { color: #444; font-size: 9.5pt }
table { width: 100%; border-collapse: collapse; margin: 0 0 4mm; font-size: 10pt }
th, td { text-align: left; vertical-align: top; padding: 1.2mm 3mm 1.2mm 0; border-bottom: 0.5pt solid #999; overflow-wrap: anywhere }
thead { display: table-header-group } thead th { overflow-wrap: normal } thead th { border-bottom: 0.75pt solid #555 } tfoot td { border: 0; font-weight: bold }
tr { break-inside: avoid } .right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.facts th { width: 48mm; font-weight: normal; color: #444 }
ol, ul { margin: 0 0 4mm; padding-left: 7mm } li { margin-bottom: 1mm }
.sign { margin-top: 8mm; break-inside: avoid } .sign i { display: block; width: 70mm; border-bottom: 0.5pt solid #111; height: 10mm; margin-bottom: 2mm }
.end { margin-top: 5mm; padding-top: 1.5mm; border-top: 0.5pt solid #999; color: #333; font-size: 8.5pt; break-before: avoid }
td.short { white-space: nowrap }
figure { break-before: page; break-inside: avoid; display: grid; grid-template-columns: minmax(0, 1fr) 42mm; gap: 5mm; margin: 0; height: 215mm }
figure img { width: 100%; height: 100%; object-fit: contain; object-position: left top }
figcaption { font-size: 9.5pt } figcaption strong, figcaption span { display: block; margin-bottom: 1.5mm }
.sheet { font-size: 9.5pt; line-height: 1.25 } .sheet header { margin-bottom: 4mm } .sheet .subject { margin-bottom: 2mm; font-size: 13pt }
.sheet h2 { margin: 3.5mm 0 1mm } .sheet table { margin-bottom: 2mm; font-size: 9pt } .sheet :is(th, td) { padding-block: 0.5mm }
`

/** Pages side by side as columns: what is too long for one continues on the next. */
const AS_PICTURES = `
html { height: ${PAGE_HEIGHT}px } body.pictures { margin: 0; max-width: none; height: ${PAGE_HEIGHT}px; padding: 60px 68px; columns: ${PAGE_WIDTH - 136}px; column-gap: 136px; column-fill: auto; font-size: 14px }
.pictures > main > figure:only-child { height: 900px }
.pictures:has(> main > figure:only-child) :is(header, .date) { display: none }
`

/** The page: no scripts, no network, nothing but its own style. `asPictures` lays pages out side by side. */
export function renderHtml(document: Document, asPictures = false): string {
  const { letterhead, recipient, subject } = document
  const line = (name: string, texts: readonly string[]) =>
    texts.length > 0 ? `<div class="${name}">${texts.map(escapeHtml).join('\n')}</div>` : ''
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(document.title)}</title><style>${STYLE}${asPictures ? AS_PICTURES : ''}</style></head>
<body class="${recipient.length > 0 ? 'letter' : 'sheet'}${asPictures ? ' pictures' : ''}"><header><strong>${escapeHtml(letterhead.name)}</strong><span>${letterhead.lines.map(escapeHtml).join(' · ')}</span></header>
${document.date ? `<p class="date">${escapeHtml(document.date)}</p>` : ''}
${line('to', recipient)}
${line('subject', subject)}
<main>
${document.blocks.map(renderBlock).join('\n')}
</main>
${document.footer ? `<div class="end">${escapeHtml(document.footer)}</div>` : ''}
</body></html>`
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${escapeHtml(block.text)}</h2>`
    case 'page':
      return `<h2 class="page">${escapeHtml(block.text)}</h2>`
    case 'text':
      return paragraphs(block.text)
    case 'quote':
      return `<blockquote>${paragraphs(`“${block.text}”`)}<footer>${escapeHtml(block.from)}</footer></blockquote>`
    case 'facts':
      return `<table class="facts">${block.rows
        .map(([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`)
        .join('')}</table>`
    case 'table':
      return renderTable(block)
    case 'list':
      return `<ul>${items(block.items)}</ul>`
    case 'enclosures':
      return block.items.length === 0 ? '' : `<h2>Enclosures</h2><ol>${items(block.items)}</ol>`
    case 'figure':
      return renderFigure(block)
    case 'signature':
      return `<div class="sign"><i></i>${[block.name, ...block.lines].map(escapeHtml).join('<br>')}</div>`
  }
}

/** Longer cells wrap; shorter ones (dates, codes) stay on one line. */
const SHORT_CELL = 16

/** Only pictures that the host embedded; any other address is left out. */
function renderFigure({ title, stamp, source }: Extract<Block, { kind: 'figure' }>): string {
  const image = /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/.test(source)
    ? `<img alt="" src="${source}">`
    : ''
  const lines = stamp.map((line) => `<span>${escapeHtml(line)}</span>`).join('')
  return `<figure>${image}<figcaption><strong>${escapeHtml(title)}</strong>${lines}</figcaption></figure>`
}

/** A column in which nothing stands is left out. */
function renderTable(block: Extract<Block, { kind: 'table' }>): string {
  const right = new Set(block.right ?? [])
  const filled = block.head.map(
    (_, column) =>
      block.rows.length === 0 || [...block.rows, block.foot ?? []].some((cells) => (cells[column] ?? '') !== ''),
  )
  const classOf = (cell: string, column: number) =>
    right.has(column) ? ' class="right"' : cell.length <= SHORT_CELL ? ' class="short"' : ''
  const row = (tag: 'th' | 'td', cells: readonly string[]) =>
    `<tr>${cells
      .map((cell, column) => (filled[column] ? `<${tag}${classOf(cell, column)}>${escapeHtml(cell)}</${tag}>` : ''))
      .join('')}</tr>`
  const foot = block.foot ? `<tfoot>${row('td', block.foot)}</tfoot>` : ''
  const body = block.rows.map((cells) => row('td', cells)).join('')
  return `<table><thead>${row('th', block.head)}</thead><tbody>${body}</tbody>${foot}</table>`
}

function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${escapeHtml(part.trim())}</p>`)
    .join('')
}

function items(texts: readonly string[]): string {
  return texts.map((text) => `<li>${escapeHtml(text)}</li>`).join('')
}
