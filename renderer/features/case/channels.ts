// How a request, a claim or an appeal travels to the payer.
import type { Channel } from '#core/authorization/schema.ts'

export const CHANNELS: readonly { value: Channel; label: string }[] = [
  { value: 'portal', label: 'Portal' },
  { value: 'electronic', label: 'Electronic' },
  { value: 'mail', label: 'Mail' },
  { value: 'fax', label: 'Fax' },
  { value: 'phone', label: 'Phone' },
  { value: 'other', label: 'Other' },
]
/** ` by portal`, ` electronically`; nothing for an unnamed way. */
export function channelPhrase(channel: Channel | null): string {
  if (channel === null || channel === 'other') return ''
  return channel === 'electronic' ? ' electronically' : ` by ${channel}`
}
