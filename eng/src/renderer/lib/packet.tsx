// The packet dialog: what goes out and what is missing, the way it travels, and the packets already sent.
import { fileSize } from '#core/file-size.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { PacketOf } from '#core/contract/document.ts'
import { openPlaces } from '#core/document/outgoing.ts'
import { CHANNEL_LIMITS, PacketChannel, packetProblems } from '#core/packet/channel.ts'
import { useEffect, useRef, useState } from 'react'
import { call } from './client.ts'
import { FormProblem, useCommandForm } from './command-form.tsx'
import { countOf, formatInstant } from './format.ts'
import { jpegPages } from './pdf.ts'
import { useCommand, useRoute } from './query.ts'
import { useToday } from './use-today.ts'
import { Button } from '../ui/button.tsx'
import { Actions, Dialog } from '../ui/dialog.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import { Finding } from '../ui/finding.tsx'
import { Form } from '../ui/form.tsx'
import { Section } from '../ui/page.tsx'
import { Answer } from '../ui/states.tsx'

interface PacketDialogProps {
  of: PacketOf
  /** How the request itself is sent; the packet starts with the same way. */
  channel: PacketChannel
  onClose: () => void
}

const CHANNELS = PacketChannel.options.map((value) => ({ value, label: CHANNEL_LIMITS[value].label }))
const FOLDER = { folder: 'A folder of files' }

type Preview = OutputOf<'packet.preview'>

/** The packet while it is put together; what leaves is looked at again once its pages are drawn. */
function usePacket(of: PacketOf, start: PacketChannel, preview: Preview) {
  const kind: 'pdf' | 'folder' = CHANNEL_LIMITS[start].takesPdf ? 'pdf' : 'folder'
  const form = useCommandForm('shell.exportPacket', {
    scope: `packet:${'appealId' in of ? of.appealId : of.authorizationId}`,
    // The proposed remark stands until one is typed.
    start: { channel: start, form: kind, remark: null as string | null, reason: '' },
    expected: ['FILE_REJECTED', 'STORAGE'],
    done: ({ saved }) => (saved ? 'Packet saved' : ''),
    isDone: ({ saved }) => saved,
  })
  const drawing = useDrawing()
  const { channel, reason } = form.values
  const { enclosures } = preview
  const limits = CHANNEL_LIMITS[channel]
  const shape = limits.takesPdf ? form.values.form : 'folder'
  const remark = form.values.remark ?? preview.remark
  const problemsOf = (files: readonly PacketFile[]) =>
    packetProblems(channel, shape === 'pdf' ? [] : [letter, ...files], remark)
  async function save(): Promise<void> {
    const pdfs = limits.takesPdf ? [] : enclosures.filter(isPdf)
    const pages = await drawing.draw(pdfs)
    if (!pages) return
    const films = enclosures.filter((file) => !pdfs.includes(file)).map(asPacketFile)
    const drawn = pages.map((page, at) => ({ name: `Page ${at + 1}`, media: JPEG, bytes: page.content.length }))
    const problems = problemsOf([...films, ...drawn])
    if (problems.length > 0) drawing.fail(problems.join(' '))
    else form.send({ of, channel, form: shape, remark, reason: reason.trim(), pages })
  }
  return {
    ...form,
    limits,
    shape,
    remark,
    /** Blanks in the letter and in the remark. */
    open: [...preview.open, ...openPlaces({ texts: [remark] }).map((place) => place.words)],
    problems: problemsOf(enclosures.map(asPacketFile)),
    drawing,
    isBusy: form.busy || drawing.status !== null,
    save: () => void save(),
  }
}

export function PacketDialog({ of, channel, onClose }: PacketDialogProps) {
  const query = useRoute('packet.preview', { of })
  return (
    <Dialog open onClose={onClose} title="Packet for the payer" size="lg">
      <Answer query={query}>
        {(preview) => (
          <>
            <PacketForm of={of} channel={channel} preview={preview} />
            {preview.sent.length > 0 && <SentBefore packets={preview.sent} />}
          </>
        )}
      </Answer>
    </Dialog>
  )
}

function PacketForm({ of, channel, preview }: Omit<PacketDialogProps, 'onClose'> & { preview: Preview }) {
  const form = usePacket(of, channel, preview)
  const { limits, remark, open, problems, drawing } = form
  const { enclosures, missing } = preview
  return (
    <Form onSubmit={form.save} label="Packet" busy={form.isBusy}>
      <div className="cw-fields">
        <SelectField label="Sent by" {...form.field('channel')} options={CHANNELS} autoFocus />
        <SelectField
          label="Saved as"
          {...form.field('form')}
          value={form.shape}
          options={limits.takesPdf ? { pdf: 'One PDF', ...FOLDER } : FOLDER}
        />
      </div>
      <TextField
        label="Remark"
        hint={`Attachment number first. ${remark.length} of ${limits.maxRemark} characters`}
        {...form.field('remark')}
        value={remark}
      />
      <h3>
        {'appealId' in of ? 'Appeal letter' : 'Request letter'} and {countOf(enclosures.length, 'enclosure')}
      </h3>
      <ol>
        {enclosures.map((file) => (
          <li key={file.id}>
            {file.title} <span className="cw-muted">{fileSize(file.bytes)}</span>
          </li>
        ))}
      </ol>
      {missing.length > 0 && <Finding severity="warn">Not there yet: {missing.join('; ')}</Finding>}
      {open.map((words) => (
        <Finding key={words} severity="warn">
          {words}
        </Finding>
      ))}
      {open.length > 0 && (
        <TextField label="Reason for sending it as it is" {...form.field('reason')} maxLength={500} required />
      )}
      {problems.map((problem) => (
        <Finding key={problem} severity="block" source={limits.source} confidence={limits.confidence}>
          {problem}
        </Finding>
      ))}
      {!limits.takesPdf && enclosures.some(isPdf) && (
        <Finding severity="info" source={limits.source} confidence={limits.confidence}>
          PDF files are sent as JPEG pictures, one for each page.
        </Finding>
      )}
      {drawing.problem && <Finding severity="block">{drawing.problem}</Finding>}
      <FormProblem form={form} />
      <Actions>
        <span role="status" className="cw-muted">
          {drawing.status}
        </span>
        {drawing.status !== null && <Button onClick={drawing.cancel}>Cancel</Button>}
        <Button
          type="submit"
          variant="filled"
          loading={form.isBusy}
          disabled={problems.length > 0 || (open.length > 0 && form.values.reason.trim() === '')}
        >
          Save packet
        </Button>
      </Actions>
    </Form>
  )
}

function SentBefore({ packets }: { packets: Preview['sent'] }) {
  const today = useToday()
  const again = useCommand('shell.savePacket', { done: ({ saved }) => (saved ? 'Packet saved again' : '') })
  return (
    <Section title="Sent before" note="Kept as sent">
      <ul className="cw-stack">
        {packets.map(({ id, at, user, channel, files }) => (
          <li key={id} className="cw-row">
            <span>{formatInstant(at, today)}</span>
            <span className="cw-muted">
              {user} · {CHANNEL_LIMITS[channel].label} · {countOf(files.length, 'file')},{' '}
              {fileSize(files.reduce((sum, file) => sum + file.bytes, 0))}
            </span>
            <Button
              variant="subtle"
              onClick={() => again.mutate({ id })}
              label={`Save again: packet of ${formatInstant(at, today)}`}
            >
              Save again
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const JPEG = 'image/jpeg'
type Enclosure = Preview['enclosures'][number]
type PacketFile = Parameters<typeof packetProblems>[1][number]
interface Page {
  attachmentId: Enclosure['id']
  content: Uint8Array<ArrayBuffer>
}
const isPdf = (file: Enclosure) => file.mediaType === 'application/pdf'
/** Drawn before it leaves: what is taken are the pictures of its pages. */
const asPacketFile = (file: Enclosure) => ({ name: file.title, media: JPEG, bytes: 0 })

/** Draws PDF enclosures as pictures, page by page: what it is at, what went wrong, and how to stop it. */
function useDrawing() {
  const [status, setStatus] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const stopped = useRef(false)
  useEffect(() => () => void (stopped.current = true), [])
  /** @returns the pages; null when it was stopped or one cannot be drawn, which is then shown */
  async function draw(files: readonly Enclosure[]): Promise<Page[] | null> {
    stopped.current = false
    setProblem(null)
    const pages: Page[] = []
    for (const { id, title } of files) {
      setStatus(`Drawing ${title}`)
      try {
        const { content } = await call('attachment.content', { id })
        for await (const { page, of, jpeg } of jpegPages(content as Uint8Array)) {
          if (stopped.current) return null
          pages.push({ attachmentId: id, content: jpeg })
          setStatus(`Drawing ${title}, page ${page} of ${of}`)
        }
      } catch {
        setProblem(
          `${title} cannot be displayed: it is damaged or protected. Ask for it again, or attach a picture of it.`,
        )
        return null
      } finally {
        setStatus(null)
      }
    }
    return pages
  }
  const cancel = () => {
    stopped.current = true
  }
  return { status, problem, draw, cancel, fail: setProblem }
}

/** Counts as a file; its size is known once it is laid out. */
const letter = { name: 'Letter', media: 'image/jpeg', bytes: 0 }
