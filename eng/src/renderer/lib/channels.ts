// How a request, a claim or an appeal travels to the payer.
import type { Channel } from '#core/authorization/schema.ts'

export const CHANNELS: Record<Channel, string> = {
  portal: 'Portal',
  electronic: 'Electronic',
  mail: 'Mail',
  fax: 'Fax',
  phone: 'Phone',
  other: 'Other',
}
/** ` by portal`, ` electronically`; nothing for an unnamed way. */
export function channelPhrase(channel: Channel | null): string {
  if (channel === null || channel === 'other') return ''
  return channel === 'electronic' ? ' electronically' : ` by ${channel}`
}
