// What lies in bytes: of files, of writes, of memory.

/** How often one of the needles lies in the bytes. */
export function countIn(bytes: Buffer, needles: readonly Buffer[]): number {
  let count = 0
  for (const needle of needles)
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) count += 1
  return count
}
