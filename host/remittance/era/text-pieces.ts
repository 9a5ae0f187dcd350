// The text of a remittance file in pieces: what is read, hashed or kept at once stays small, however large the file.

/** Characters. Small enough that a piece dies young: larger ones wait for the slow collection. */
const PIECE = 64 * 1024

/** The text from its beginning; no piece ends inside a character. */
export function* textPieces(text: string): Generator<string> {
  for (let at = 0, end = 0; at < text.length; at = end) {
    const isPair = /[\uD800-\uDBFF]/.test(text[at + PIECE - 1] ?? '')
    end = at + PIECE + (isPair ? 1 : 0)
    yield text.slice(at, end)
  }
}
