// What a printed page is made of: letterhead, blocks, numbered enclosures. Plain text only; html.ts escapes all of it.
import type { OpenPlace } from './outgoing.ts'

export type Block =
  | { kind: 'heading'; text: string }
  /** A heading at the top of a new page. */
  | { kind: 'page'; text: string }
  /** Line breaks inside the text stay; an empty line begins a new paragraph. */
  | { kind: 'text'; text: string }
  /** Words of somebody else, unchanged, with where they come from. */
  | { kind: 'quote'; text: string; from: string }
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: string])[] }
  | {
      kind: 'table'
      head: readonly string[]
      rows: readonly (readonly string[])[]
      foot?: readonly string[]
      /** Indexes of columns set right: money, counts. */
      right?: readonly number[]
    }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'enclosures'; items: readonly string[] }
  | { kind: 'signature'; name: string; lines: readonly string[] }
  /** A picture on a page of its own, what is known of it beside it. `source` is a `data:image/` address. */
  | { kind: 'figure'; title: string; stamp: readonly string[]; source: string }

export interface Document {
  /** Also the window's and PDF's title: never a patient's name. */
  title: string
  letterhead: { name: string; lines: readonly string[] }
  /** As printed, such as `Nov 23, 2026`. */
  date: string
  recipient: readonly string[]
  subject: readonly string[]
  blocks: readonly Block[]
  /** Small print at the end of the page. */
  footer: string
  /** What keeps it in the office until somebody gives a reason; absent for papers of the office itself. */
  open?: readonly OpenPlace[]
}

/** An address block without empty lines. */
export function addressLines(address: { street: string; city: string; state: string; zip: string }): string[] {
  const town = [address.city, [address.state, address.zip].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return [address.street, town].filter(Boolean)
}

/** `claimwright-appeal-letter-2026-11-23.pdf`: what it is and when, never whose. */
export function fileNameOf(kind: string, date: string): string {
  return `claimwright-${kind}-${date}.pdf`
}
