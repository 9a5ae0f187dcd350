// Where updates may come from: https anywhere, http only inside the office's own network.

export const ADDRESS_PROBLEM =
  'Type an address that begins with https://, or with http:// for a computer in the office’s network'

/**
 * The address with a slash at its end, or null when updates may not come from there. A name behind http:// is let through here:
 * what it leads to is looked at when it is connected to.
 */
export function updateAddress(text: string): string | null {
  let url: URL
  try {
    url = new URL(text.trim())
  } catch {
    return null
  }
  if (url.username || url.password || url.search || url.hash) return null
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isNumbers = /^[\d.]+$/.test(host) || host.includes(':')
  if (url.protocol === 'http:' && isNumbers && !isPrivateAddress(host)) return null
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}

/** True for an IP address that no packet leaves the office for: this computer, private and link-local networks. */
export function isPrivateAddress(ip: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(mapped?.[1] ?? ip)
  if (four) {
    const [a, b] = [Number(four[1]), Number(four[2])]
    if (four.slice(1).some((part) => Number(part) > 255)) return false
    return (
      a === 10 || a === 127 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254)
    )
  }
  return ip === '::1' || /^f[cd][0-9a-f]{2}:/i.test(ip) || /^fe[89ab][0-9a-f]:/i.test(ip)
}
