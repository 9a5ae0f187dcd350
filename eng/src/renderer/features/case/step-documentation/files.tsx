// Films and papers: dropped, pasted or chosen; thumbnails; a viewer in which what is known of a file can be mended.
import { useMemo, useState } from 'react'
import { type Attachment, ATTACHMENT_LABELS } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { ItemView } from '#core/contract/case-documentation.ts'
import { bytesOf } from '../../../lib/client.ts'
import { countOf, formatDate, oneLine } from '../../../lib/format.ts'
import { showToast } from '../../../lib/notify.tsx'
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
import { PHASES } from '../step-code/visit-plan.tsx'
import { Describe, waitingFile, type WaitingFile } from './describe.tsx'
import classes from './documentation.module.css'
import { KIND_OPTIONS } from './kinds.ts'
import type { DocumentationProps } from '../step-data.ts'
import { FormProblem, useCommandForm } from '../../../lib/command-form.tsx'

/** Files that are not on the case yet; each is asked about once. */
export function useWaitingFiles(caseView: CaseView) {
  const [waiting, setWaiting] = useState<WaitingFile[]>([])
  const [describing, setDescribing] = useState(false)
  return {
    waiting,
    setWaiting,
    describing,
    setDescribing,
    /** `entry`: the item they were chosen for. */
    take: (files: File[], entry?: ItemView) => {
      setWaiting([...waiting, ...files.map((file) => waitingFile(file, caseView, entry))])
      setDescribing(true)
    },
  }
}

interface FilesProps extends DocumentationProps {
  incoming: ReturnType<typeof useWaitingFiles>
  /** False while a dialog takes them. */
  isTaking: boolean
}

export function Files({ caseView, view, incoming, isTaking }: FilesProps) {
  const canWork = useCan('work')
  const { waiting, setWaiting, describing, setDescribing, take } = incoming
  const [openId, setOpenId] = useState<string | null>(null)
  const open = view.attachments.find((file) => file.id === openId)
  const next = waiting[0]
  return (
    <>
      {canWork && <FileDrop onFiles={take} shortcut="alt+u" disabled={!isTaking} />}
      {next && !describing && (
        <div className="cw-row">
          <span>{countOf(waiting.length, 'file waits', 'files wait')}, not on the case yet.</span>
          <Button shortcut="alt+j" onClick={() => setDescribing(true)}>
            Go on
          </Button>
          <Button variant="subtle" onClick={() => setWaiting([])}>
            Leave out
          </Button>
        </div>
      )}
      {view.attachments.length === 0 && !canWork && <p className="cw-muted">No films or documents yet.</p>}
      <div className={classes.thumbs}>
        {view.attachments.map((file) => (
          <FileThumb key={file.id} file={file} onOpen={() => setOpenId(file.id)} />
        ))}
      </div>
      {next && describing && (
        <Describe
          key={next.id}
          caseView={caseView}
          waiting={next}
          left={waiting.length - 1}
          onChange={(input) => setWaiting((now) => now.map((one) => (one.id === next.id ? { ...one, input } : one)))}
          onClose={() => setDescribing(false)}
          onDone={() => setWaiting((now) => now.filter((one) => one.id !== next.id))}
        />
      )}
      {open && <Viewer key={open.id} file={open} caseView={caseView} onClose={() => setOpenId(null)} />}
    </>
  )
}

function captionOf(file: Attachment): string {
  return oneLine(
    [ATTACHMENT_LABELS[file.kind], file.tooth && `#${file.tooth}`, file.takenOn ? formatDate(file.takenOn) : 'no date'],
    ', ',
  )
}

function FileThumb({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const picture = file.mediaType !== 'application/pdf'
  const content = useRoute('attachment.content', { id: file.id }, { enabled: picture })
  const src = useObjectUrl(useBytesOf(content.data?.content), file.mediaType)
  return <Thumbnail caption={captionOf(file)} mediaType={file.mediaType} src={src} onOpen={onOpen} />
}

/** The same bytes as long as the content is the same, so that its address lives as long. */
function useBytesOf(content: Uint8Array | string | undefined): Uint8Array | null {
  return useMemo(() => (content === undefined ? null : bytesOf(content)), [content])
}

export function Viewer({ file, caseView, onClose }: { file: Attachment; caseView: CaseView; onClose: () => void }) {
  const canWork = useCan('work')
  const query = useRoute('attachment.content', { id: file.id })
  const { kind, takenOn, tooth, orientation, visitId, caption } = file
  const { field, ...form } = useCommandForm('attachment.update', {
    scope: `file:${file.id}:${file.version}`,
    start: { kind, takenOn, tooth, orientation, visitId: visitId ?? '', caption },
    at: 'attachment',
    done: 'Saved',
    onSuccess: onClose,
  })
  const save = () => {
    const attachment = { ...form.values, visitId: form.values.visitId || null }
    form.send({ id: file.id, version: file.version, attachment })
  }
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
  return (
    <Dialog open onClose={onClose} title={captionOf(file)} size="90%">
      <div className={classes.viewer}>
        <Answer query={query}>{({ content }) => <Content file={file} content={content} />}</Answer>
      </div>
      {canWork && (
        <Form onSubmit={save} label="File details" busy={form.busy}>
          <div className="cw-fields">
            <SelectField label="What is it" {...field('kind')} options={KIND_OPTIONS} />
            <DateField isPast label="Taken on" {...field('takenOn')} />
            <ToothField label="Tooth" {...field('tooth')} />
            <SelectField
              label="Orientation mark"
              {...field('orientation')}
              options={{ none: 'None', left: 'Left', right: 'Right' }}
            />
            {caseView.visits.length > 0 && (
              <SelectField label="Visit" {...field('visitId')} options={visitOptions(caseView)} emptyLabel="None" />
            )}
            <TextField label="Caption" {...field('caption')} />
          </div>
          <FormProblem form={form} />
          <Actions>
            <Button onClick={() => remove.mutate({ id: file.id, reason: '' })} loading={remove.isPending}>
              Take off the case
            </Button>
            <Button type="submit" variant="filled" loading={form.busy}>
              Save
            </Button>
          </Actions>
        </Form>
      )}
    </Dialog>
  )
}

/** The visits of a case for a choice: `First visit, Nov 1, 2026`. */
export function visitOptions(caseView: CaseView) {
  return caseView.visits.map(({ id, phase, doneOn, plannedOn }) => {
    const label = PHASES[phase]
    const day = doneOn ?? plannedOn
    return { value: id, label: day ? `${label}, ${formatDate(day)}` : label }
  })
}

function Content({ file, content }: { file: Attachment; content: Uint8Array | string }) {
  const bytes = useBytesOf(content)
  const src = useObjectUrl(bytes, file.mediaType)
  if (file.mediaType === 'application/pdf') return bytes && <PdfViewer bytes={bytes} label={captionOf(file)} />
  return src && <ImageViewer src={src} alt={captionOf(file)} />
}
