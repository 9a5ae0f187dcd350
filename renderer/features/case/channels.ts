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
export const channelName = (channel: Channel | null) =>
  CHANNELS.find((one) => one.value === channel)?.label.toLowerCase() ?? ''
