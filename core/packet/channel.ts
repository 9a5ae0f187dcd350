// How a packet may travel: what each way of sending takes, with the source of the limit.
import * as z from 'zod'
import { fileSize } from '../file-size.ts'
import type { Channel } from '../authorization/schema.ts'

export const PacketChannel = z.enum(['paper', 'portal', 'electronic'])
export type PacketChannel = z.infer<typeof PacketChannel>

export interface ChannelLimits {
  label: string
  /** Null: no limit known. */
  maxFiles: number | null
  maxBytes: number | null
  /** Characters of the remark that travels with the request. */
  maxRemark: number
  takesPdf: boolean
  source: string
  confidence: 'confirmed' | 'reported' | 'unverified'
}

const REMARK = 'ADA form item 35 guarantees 80 characters'
export const CHANNEL_LIMITS: Record<PacketChannel, ChannelLimits> = {
  paper: {
    label: 'Mail or fax',
    maxFiles: null,
    maxBytes: null,
    maxRemark: 80,
    takesPdf: true,
    source: REMARK,
    confidence: 'reported',
  },
  portal: {
    label: 'Payer portal',
    maxFiles: null,
    maxBytes: null,
    maxRemark: 80,
    takesPdf: true,
    source: `${REMARK}; the portal’s own limits: check with payer`,
    confidence: 'unverified',
  },
  electronic: {
    label: 'Practice software or clearinghouse',
    maxFiles: 10,
    maxBytes: 15_000_000,
    maxRemark: 80,
    takesPdf: false,
    source: `10 attachments, 15 MB, JPEG (Dentrix Ascend help); ${REMARK}`,
    confidence: 'reported',
  },
}

/** The packet's way for the way that the request itself is sent. */
export function packetChannelOf(channel: Channel | null): PacketChannel {
  if (channel === 'electronic') return 'electronic'
  return channel === 'portal' ? 'portal' : 'paper'
}

/** The remark as it travels: the attachment number first, payers look for it there (domain pack, section 5). */
export function remarkOf(attachmentNumber: string, text: string): string {
  return [attachmentNumber.trim(), text.trim().replace(/\s+/g, ' ')].filter(Boolean).join(' ')
}

export interface PacketFile {
  name: string
  media: string
  bytes: number
}

/** What stands against sending these files this way, in words that say what to do; empty when it fits. */
export function packetProblems(channel: PacketChannel, files: readonly PacketFile[], remark: string): string[] {
  const limits = CHANNEL_LIMITS[channel]
  const problems: string[] = []
  if (limits.maxFiles !== null && files.length > limits.maxFiles)
    problems.push(`${files.length} files, ${limits.maxFiles} are accepted. Leave out some, or send by another channel.`)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  if (limits.maxBytes !== null && bytes > limits.maxBytes)
    problems.push(
      `${fileSize(bytes)}, ${fileSize(limits.maxBytes)} are accepted. Leave out some, or send smaller films.`,
    )
  if (remark.length > limits.maxRemark)
    problems.push(`The remark has ${remark.length} characters, ${limits.maxRemark} are accepted. Shorten it.`)
  if (!limits.takesPdf)
    for (const file of files)
      if (file.media === 'application/pdf')
        problems.push(`${file.name} is a PDF, which is not accepted here. Attach it as a JPEG or PNG picture instead.`)
  return problems
}

const EXTENSIONS: Record<string, string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' }

/** `03-pre-op-periapical-2026-06-01-tooth-8.jpg`, `04-chart-page-02.jpg`: number, kind, date and tooth, never a name. */
export function packetFileName(
  number: number,
  what: { kind: string; takenOn: string | null; tooth: string | null; page?: number | null },
  media: string,
): string {
  const parts = [
    String(number).padStart(2, '0'),
    what.kind.replace(/_/g, '-'),
    what.takenOn,
    what.tooth && `tooth-${what.tooth}`,
    what.page && `page-${String(what.page).padStart(2, '0')}`,
  ]
  return `${parts.filter(Boolean).join('-')}.${EXTENSIONS[media] ?? 'bin'}`
}
