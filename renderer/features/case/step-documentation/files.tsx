// Films and papers: dropped, pasted or chosen; three short questions each; thumbnails and a viewer.
import { useState } from 'react'
import { ATTACHMENT_KINDS, type Attachment, type AttachmentInput } from '#core/case/schema.ts'
import { guessAttachment } from '#core/case/attachment-kind.ts'
import type { CaseView } from '#core/contract/case.ts'
import { bytesOf } from '../../../lib/client.ts'
import { fileSize, formatDate } from '../../../lib/format.ts'
import { useCommand, useRoute } from '../../../lib/query.ts'
import { useCan } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Actions, Dialog } from '../../../ui/dialog.tsx'
import { DateField, SelectField, TextField, ToothField } from '../../../ui/fields.tsx'
import { FileDrop } from '../../../ui/file-drop.tsx'
import { Form } from '../../../ui/form.tsx'
import { ImageViewer } from '../../../ui/image-viewer.tsx'
import { PdfViewer } from '../../../ui/pdf-viewer.tsx'
import { Answer } from '../../../ui/states.tsx'
import { Thumbnail, useObjectUrl } from '../../../ui/thumbnail.tsx'
import { showToast } from '../../../lib/notify.tsx'
import type { DocumentationProps } from './checklist.tsx'
import classes from './documentation.module.css'
import { KIND_LABELS } from './kinds.ts'

export function Files({ caseView, view }: DocumentationProps) {
  const canWork = useCan('work')
  const [waiting, setWaiting] = useState<File[]>([])
  const [openId, setOpenId] = useState<string | null>(null)
  const open = view.attachments.find((file) => file.id === openId)
  const next = waiting[0]
  return (
    <>
      <FileDrop onFiles={(files) => setWaiting([...waiting, ...files])} shortcut="alt+u" disabled={!canWork} />
      <div className={classes.thumbs}>
        {view.attachments.map((file) => (
          <FileThumb key={file.id} file={file} onOpen={() => setOpenId(file.id)} />
        ))}
      </div>
      {next && (
        <Describe
          key={`${next.name}${next.lastModified}${waiting.length}`}
          caseView={caseView}
          file={next}
          left={waiting.length - 1}
          onDone={() => setWaiting(waiting.slice(1))}
        />
      )}
      {open && <Viewer file={open} caseView={caseView} onClose={() => setOpenId(null)} />}
    </>
  )
}

function captionOf(file: Attachment): string {
  return [KIND_LABELS[file.kind], file.tooth && `#${file.tooth}`, file.takenOn ? formatDate(file.takenOn) : 'no date']
    .filter(Boolean)
    .join(', ')
}

function FileThumb({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const picture = file.mediaType !== 'application/pdf'
  const content = useRoute('attachment.content', { id: file.id }, { enabled: picture })
  const src = useObjectUrl(content.data ? bytesOf(content.data.content) : null, file.mediaType)
  return <Thumbnail caption={captionOf(file)} mediaType={file.mediaType} src={src} onOpen={onOpen} />
}

interface DescribeProps {
  caseView: CaseView
  file: File
  left: number
  onDone: () => void
}

/** Which tooth, when, what kind: guessed from the file's name and the visits, mended in one go. */
function Describe({ caseView, file, left, onDone }: DescribeProps) {
  const [input, setInput] = useState<AttachmentInput>(() =>
    guessAttachment(file.name, { tooth: caseView.tooth, visits: caseView.visits }),
  )
  const add = useCommand('attachment.add', {
    done: ({ completes }) => (completes.length > 0 ? `Added. Completes: ${completes.join(', ')}` : 'Added'),
    onSuccess: onDone,
  })
  const save = async () =>
    add.mutate({
      caseId: caseView.id,
      attachment: input,
      fileName: file.name,
      content: new Uint8Array(await file.arrayBuffer()),
    })
  return (
    <Dialog open onClose={onDone} title={left > 0 ? `New file, ${left} more follow` : 'New file'}>
      <Form onSubmit={() => void save()} label="Describe the file" busy={add.isPending}>
        <p className="cw-muted">
          {file.name} · {fileSize(file.size)}
        </p>
        <AttachmentFields input={input} onChange={setInput} caseView={caseView} />
        <Actions>
          <Button onClick={onDone}>Leave it out</Button>
          <Button type="submit" variant="filled" loading={add.isPending}>
            Add
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}

function AttachmentFields({
  input,
  onChange,
  caseView,
}: {
  input: AttachmentInput
  onChange: (input: AttachmentInput) => void
  caseView: CaseView
}) {
  return (
    <div className="cw-fields">
      <SelectField
        label="What is it"
        value={input.kind}
        onChange={(kind) => kind && onChange({ ...input, kind })}
        options={ATTACHMENT_KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind] }))}
        autoFocus
      />
      <DateField label="Taken on" value={input.takenOn} onChange={(takenOn) => onChange({ ...input, takenOn })} />
      <ToothField label="Tooth" value={input.tooth} onChange={(tooth) => onChange({ ...input, tooth })} />
      <SelectField
        label="Orientation mark"
        value={input.orientation}
        onChange={(orientation) => orientation && onChange({ ...input, orientation })}
        options={[
          { value: 'none', label: 'None' },
          { value: 'left', label: 'Left' },
          { value: 'right', label: 'Right' },
        ]}
      />
      {caseView.visits.length > 0 && (
        <SelectField
          label="Visit"
          value={(input.visitId ?? '') as string}
          onChange={(visitId) => onChange({ ...input, visitId: (visitId || null) as AttachmentInput['visitId'] })}
          options={caseView.visits.map((visit) => ({
            value: visit.id as string,
            label: `${visit.phase}${visit.doneOn ? `, ${formatDate(visit.doneOn)}` : ''}`,
          }))}
          emptyLabel="None"
        />
      )}
      <TextField label="Caption" value={input.caption} onChange={(caption) => onChange({ ...input, caption })} />
    </div>
  )
}

function Viewer({ file, caseView, onClose }: { file: Attachment; caseView: CaseView; onClose: () => void }) {
  const canWork = useCan('work')
  const query = useRoute('attachment.content', { id: file.id })
  const { kind, takenOn, tooth, orientation, visitId, caption } = file
  const [input, setInput] = useState<AttachmentInput>({ kind, takenOn, tooth, orientation, visitId, caption })
  const restore = useCommand('attachment.restore', { done: 'Back on the case' })
  const remove = useCommand('attachment.remove', {
    onSuccess: () => {
      onClose()
      showToast({
        message: 'Taken off the case',
        action: { label: 'Undo', run: () => restore.mutate({ id: file.id }) },
      })
    },
  })
  const update = useCommand('attachment.update', { done: 'Saved', onSuccess: onClose })
  return (
    <Dialog open onClose={onClose} title={captionOf(file)} size="90%">
      <Answer query={query}>{({ content }) => <Content file={file} content={content} />}</Answer>
      {canWork && (
        <Form
          onSubmit={() => update.mutate({ id: file.id, version: file.version, attachment: input })}
          label="File details"
          busy={update.isPending}
        >
          <AttachmentFields input={input} onChange={setInput} caseView={caseView} />
          <Actions>
            <Button onClick={() => remove.mutate({ id: file.id, reason: '' })}>Take off the case</Button>
            <Button type="submit" variant="filled">
              Save
            </Button>
          </Actions>
        </Form>
      )}
    </Dialog>
  )
}

function Content({ file, content }: { file: Attachment; content: Uint8Array | string }) {
  const [bytes] = useState(() => bytesOf(content))
  const src = useObjectUrl(bytes, file.mediaType)
  if (file.mediaType === 'application/pdf') return <PdfViewer bytes={bytes} label={captionOf(file)} />
  return src ? <ImageViewer src={src} alt={captionOf(file)} /> : null
}
