// Where updates may come from: https anywhere, http only inside the office's own network.

export const ADDRESS_PROBLEM =
  'Type an address that begins with https://, or with http:// for a computer in the office’s network'

const ADDRESS = /^(https?):\/\/(\[[\da-f:.]+\]|[a-z\d](?:[a-z\d.-]*[a-z\d])?)(:\d{1,5})?(\/[\w.~%/-]*)?$/i

/**
 * The address with a slash at its end, or null when updates may not come from there: no password, no question mark, no other scheme.
 * A name behind http:// is let through here: what it leads to is looked at when it is connected to.
 */
export function updateAddress(text: string): string | null {
  const found = ADDRESS.exec(text.trim())
  if (!found) return null
  const [, scheme, host, port = '', path = '/'] = found
  const name = host!.toLowerCase()
  // What ends in a number is an IP address, in more ways of writing than one: only the plain one is taken.
  const isNumbers = name.startsWith('[') || /(^|\.)(\d+|0x[\da-f]*)$/.test(name)
  if (scheme!.toLowerCase() === 'http' && isNumbers && !isPrivateAddress(name.replace(/^\[|\]$/g, ''))) return null
  return `${scheme!.toLowerCase()}://${name}${port}${path.endsWith('/') ? path : `${path}/`}`
}

/** True for an IP address that no packet leaves the office for: this computer, private and link-local networks. */
export function isPrivateAddress(ip: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  const four = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/.exec(mapped?.[1] ?? ip)
  if (four) {
    const [a, b] = [Number(four[1]), Number(four[2])]
    if (four.slice(1).some((part) => Number(part) > 255)) return false
    return (
      a === 10 || a === 127 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254)
    )
  }
  return ip === '::1' || /^f[cd][0-9a-f]{2}:/i.test(ip) || /^fe[89ab][0-9a-f]:/i.test(ip)
}
