// The packet dialog: what goes out and what is missing, the way it travels, and the packets already sent.
import { fileSize } from '#core/file-size.ts'
import type { PacketOf } from '#core/contract/packet.ts'
import { CHANNEL_LIMITS, PacketChannel, packetProblems } from '#core/packet/channel.ts'
import { useDraft } from '../../lib/drafts.ts'
import { countOf, formatInstant } from '../../lib/format.ts'
import { useCommand, useRoute } from '../../lib/query.ts'
import { useToday } from '../../lib/today.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'

interface PacketDialogProps {
  of: PacketOf
  /** How the request itself is sent; the packet starts with the same way. */
  channel: PacketChannel
  onClose: () => void
}

const CHANNELS = PacketChannel.options.map((value) => ({ value, label: CHANNEL_LIMITS[value].label }))
const FORMS = [
  { value: 'pdf' as const, label: 'One PDF' },
  { value: 'folder' as const, label: 'A folder of files' },
]

interface Draft {
  channel: PacketChannel
  form: 'pdf' | 'folder'
  /** Null until it is typed: the proposal stands. */
  remark: string | null
}

export function PacketDialog({ of, channel: start, onClose }: PacketDialogProps) {
  const preview = useRoute('packet.preview', { of })
  const [draft, setDraft, { discard }] = useDraft<Draft>(
    `packet:${'appealId' in of ? of.appealId : of.authorizationId}`,
    {
      channel: start,
      form: CHANNEL_LIMITS[start].takesPdf ? 'pdf' : 'folder',
      remark: null,
    },
  )
  const set = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }))
  const limits = CHANNEL_LIMITS[draft.channel]
  const form = limits.takesPdf ? draft.form : 'folder'
  const remark = draft.remark ?? preview.data?.remark ?? ''
  const exported = useCommand('shell.exportPacket', {
    done: ({ saved }) => (saved ? 'Packet saved' : ''),
    expected: ['REFUSED', 'FILE_REJECTED', 'STORAGE'],
    onSuccess: ({ saved }) => {
      if (saved) discard()
    },
  })
  const again = useCommand('shell.savePacket', { done: ({ saved }) => (saved ? 'Packet saved again' : '') })
  return (
    <Dialog open onClose={onClose} title="Packet for the payer" size="lg">
      <Answer query={preview}>
        {({ enclosures, missing, sent }) => {
          const files = enclosures.map((file) => ({ name: file.title, media: file.mediaType, bytes: 0 }))
          const problems = packetProblems(draft.channel, form === 'pdf' ? [] : [letter, ...files], remark)
          return (
            <>
              <Form
                onSubmit={() => exported.mutate({ of, channel: draft.channel, form, remark })}
                label="Packet"
                busy={exported.isPending}
              >
                <div className="cw-fields">
                  <SelectField
                    label="Sent by"
                    value={draft.channel}
                    onChange={(channel) => channel && set({ channel })}
                    options={CHANNELS}
                    autoFocus
                  />
                  <SelectField
                    label="Saved as"
                    value={form}
                    onChange={(next) => next && set({ form: next })}
                    options={limits.takesPdf ? FORMS : FORMS.slice(1)}
                  />
                </div>
                <TextField
                  label="Remark"
                  hint={`Attachment number first. ${remark.length} of ${limits.maxRemark} characters`}
                  value={remark}
                  onChange={(next) => set({ remark: next })}
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
                {problems.map((problem) => (
                  <Finding key={problem} severity="block" source={limits.source} confidence={limits.confidence}>
                    {problem}
                  </Finding>
                ))}
                {exported.error && <Finding severity="block">{exported.error.message}</Finding>}
                <Actions>
                  <Button type="submit" variant="filled" loading={exported.isPending} disabled={problems.length > 0}>
                    Save packet
                  </Button>
                </Actions>
              </Form>
              {sent.length > 0 && (
                <Section title="Sent before" note="Kept as sent">
                  <ul className="cw-stack">
                    {sent.map((packet) => (
                      <SentPacket key={packet.id} packet={packet} onSave={() => again.mutate({ id: packet.id })} />
                    ))}
                  </ul>
                </Section>
              )}
            </>
          )
        }}
      </Answer>
    </Dialog>
  )
}

/** Counts as a file; its size is known once it is laid out. */
const letter = { name: 'Letter', media: 'image/jpeg', bytes: 0 }

interface SentPacketProps {
  packet: { at: string; user: string; channel: PacketChannel; files: { name: string; bytes: number }[] }
  onSave: () => void
}
function SentPacket({ packet, onSave }: SentPacketProps) {
  const today = useToday()
  const bytes = packet.files.reduce((sum, file) => sum + file.bytes, 0)
  const when = formatInstant(packet.at, today)
  return (
    <li className="cw-row">
      <span>{when}</span>
      <span className="cw-muted">
        {packet.user} · {CHANNEL_LIMITS[packet.channel].label} · {countOf(packet.files.length, 'file')},{' '}
        {fileSize(bytes)}
      </span>
      <Button variant="subtle" onClick={onSave} label={`Save the packet of ${when} again`}>
        Save again
      </Button>
    </li>
  )
}
