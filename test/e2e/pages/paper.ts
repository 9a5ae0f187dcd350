// A PDF as somebody holds it: its pages’ size, what stands where, and what is wrong with that.
import { readFileSync } from 'node:fs'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** Letter, in points of 1/72 inch. */
const LETTER = { width: 612, height: 792 }
/** What no office printer reaches, 1/4 inch at each edge. */
const EDGE = 18

interface Word {
  text: string
  left: number
  right: number
  bottom: number
  top: number
}
interface PaperPage {
  width: number
  height: number
  words: Word[]
}

/** What stands on each page, as pdf.js places it. */
export async function pagesOf(file: string): Promise<PaperPage[]> {
  const pdf = await getDocument({ data: new Uint8Array(readFileSync(file)), isEvalSupported: false }).promise
  const pages: PaperPage[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const { width, height } = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent()
    const words = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return []
      const [, , , size, left, bottom] = item.transform as [number, number, number, number, number, number]
      return { text: item.str, left, right: left + item.width, bottom, top: bottom + Math.abs(size) }
    })
    pages.push({ width, height, words })
  }
  await pdf.destroy()
  return pages
}

/** What is wrong with paper of ours: another size, text beyond what is printed, no or a wrong page number, text over text. */
export function problemsOf(pages: readonly PaperPage[]): string[] {
  return pages.flatMap(({ width, height, words }, index) => {
    const at = `page ${index + 1}: `
    const found: string[] = []
    if (Math.round(width) !== LETTER.width || Math.round(height) !== LETTER.height) found.push(`${width} × ${height}`)
    for (const { text, left, right, bottom, top } of words)
      if (left < EDGE || right > width - EDGE || bottom < EDGE || top > height - EDGE)
        found.push(`out of the page: ${text}`)
    const text = words
      .map((word) => word.text)
      .join(' ')
      .replace(/\s+/g, ' ')
    const numbers = [...text.matchAll(/Page (\d+) of (\d+)/gi)].map(([, page, of]) => `${page} of ${of}`)
    if (numbers.join() !== `${index + 1} of ${pages.length}`) found.push(`numbered "${numbers.join()}"`)
    found.push(...overlaps(words).map((pair) => `over each other: ${pair}`))
    return found.map((problem) => at + problem)
  })
}

/** Texts that share paper: a cell that runs into the next. A hair of it is rounding. */
function overlaps(words: readonly Word[]): string[] {
  const found: string[] = []
  for (const [index, one] of words.entries())
    for (const other of words.slice(index + 1)) {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
      const up = Math.min(one.top, other.top) - Math.max(one.bottom, other.bottom)
      const height = Math.min(one.top - one.bottom, other.top - other.bottom)
      if (across > 1.5 && up > height * 0.5) found.push(`${one.text} | ${other.text}`)
    }
  return found
}
