// What only the desktop shell can do: print, save a file, pick a folder, copy. Answered in the main process, not by the host.
import * as z from 'zod'
import { Bytes } from './bytes.ts'
import { DocumentRequest, FileName, PacketId, PacketOrder, PacketPages } from './document.ts'
import { system } from './route.ts'

const Saved = z.strictObject({
  /** False when the person cancelled. */
  saved: z.boolean(),
})

/** A piece of software of others inside Claimwright, and its license. */
export const ThirdParty = z.strictObject({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  text: z.string(),
})
export type ThirdParty = z.infer<typeof ThirdParty>

/** The only addresses that the app ever opens in a browser. */
export const HELP_LINKS = {
  'ada-claim-form': 'https://www.ada.org/claimform',
  'x12-codes': 'https://x12.org/codes',
  'cms-npi': 'https://npiregistry.cms.hhs.gov/',
} as const

export const shellRoutes = {
  /** Renders a document of `document.render` as PDF and asks where to save it. */
  'shell.savePdf': system({ permission: 'read', topics: [], input: DocumentRequest, output: Saved }),
  /** Opens the system's print dialog for a document. */
  'shell.print': system({ permission: 'read', topics: [], input: DocumentRequest }),
  /** Lays the packet out, keeps it as sent, and saves it as one PDF or as files in a folder. */
  'shell.exportPacket': system({
    permission: 'work',
    topics: [],
    input: PacketOrder.extend({ pages: PacketPages }),
    output: Saved,
  }),
  /** Saves a packet that was sent once more, byte for byte. */
  'shell.savePacket': system({
    permission: 'work',
    topics: [],
    input: z.strictObject({ id: PacketId }),
    output: Saved,
  }),
  /** A list or table; that it leaves stands in the trail first. */
  'shell.saveFile': system({
    permission: 'read',
    topics: [],
    input: z.strictObject({ name: FileName, content: Bytes }),
    output: Saved,
  }),
  /** Also before anybody signs in: a new PC is shown where the backups lie. */
  'shell.chooseFolder': system({
    permission: 'none',
    topics: [],
    output: z.strictObject({ folder: z.string().nullable() }),
  }),
  /** Copies text; the clipboard is emptied after 60 seconds when it still holds it. */
  'shell.copy': system({
    permission: 'read',
    topics: [],
    input: z.strictObject({ text: z.string().max(20_000) }),
  }),
  /** Opens another window on an address of the page: ids only, no names. */
  'shell.openWindow': system({
    permission: 'read',
    topics: [],
    input: z.strictObject({ path: z.string().regex(/^\/[\w/-]{0,200}$/) }),
  }),
  /** What others wrote of Claimwright, by name. */
  'shell.thirdParties': system({
    permission: 'none',
    topics: [],
    output: z.strictObject({ parties: z.array(ThirdParty) }),
  }),
  /** Whether this copy can replace itself by a newer one. */
  'shell.updateState': system({
    permission: 'read',
    topics: [],
    output: z.strictObject({ updatesItself: z.boolean() }),
  }),
  /** Looks for a newer version, fetches and checks it: at the address of the settings, or in a folder. Null: this is the newest. */
  'shell.findUpdate': system({
    permission: 'manage',
    topics: [],
    input: z.strictObject({ folder: z.string().min(1).max(1000).nullable() }),
    output: z.strictObject({ version: z.string().nullable(), notes: z.string() }),
  }),
  /** Backs up, closes, and starts the version that was found. */
  'shell.installUpdate': system({ permission: 'manage', topics: [] }),
  /** Whether Claimwright opens when this person signs in to the computer; null where the system knows no such setting. */
  'shell.startup': system({
    permission: 'read',
    topics: ['setting'],
    output: z.strictObject({ on: z.boolean().nullable() }),
  }),
  'shell.setStartup': system({ permission: 'read', topics: ['setting'], input: z.strictObject({ on: z.boolean() }) }),
  /** Opens one of the fixed addresses of the help pages. */
  'shell.openLink': system({
    permission: 'none',
    topics: [],
    input: z.strictObject({ link: z.enum(Object.keys(HELP_LINKS) as (keyof typeof HELP_LINKS)[]) }),
  }),
} as const
