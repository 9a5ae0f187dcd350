// A guide that the office did not have: begun from the template, or brought in from a file after a look at what it changes.
import { useState } from 'react'
import { useLocation } from 'wouter'
import { GUIDE_FILE_LIMIT, type GuidePreview } from '#core/guide/own.ts'
import { call } from '../../lib/client.ts'
import { FormDialog, useCommandForm } from '../../lib/command-form.tsx'
import { explainError, useCommand } from '../../lib/query.ts'
import { readText } from '../../lib/read-text.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Finding } from '../../ui/finding.tsx'

export function NewGuide({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation()
  const form = useCommandForm('guide.add', {
    scope: null,
    start: { title: '', code: '', label: '' },
    done: 'Guide begun',
    onSuccess: ({ id }) => go(paths.editGuide(id)),
  })
  const { title, code, label } = form.values
  return (
    <FormDialog
      form={form}
      title="New guide"
      label="Guide"
      onClose={onClose}
      onSave={() => form.send({ title, code: code.trim().toUpperCase(), label })}
    >
      <div className="cw-fields">
        <TextField label="Title" {...form.field('title', title.trim() === '' && 'Type a title')} required autoFocus />
        <TextField
          label="First code"
          {...form.field('code', !/^D\d{4}$/i.test(code.trim()) && 'A code looks like D3353')}
          required
        />
        <TextField
          label="What it is"
          {...form.field('label', label.trim() === '' && 'Say what it is, in your own words')}
          required
        />
      </div>
    </FormDialog>
  )
}

export function ImportGuide({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation()
  const [file, setFile] = useState<{ text: string; preview: GuidePreview } | null>(null)
  const [failed, setFailed] = useState('')
  const bring = useCommand('guide.import', { done: 'Guide imported', onSuccess: ({ id }) => go(paths.editGuide(id)) })
  const look = async ([chosen]: File[]) => {
    if (!chosen) return
    try {
      const text = await readText(chosen)
      setFile({ text, preview: await call('guide.previewImport', { text }) })
      setFailed('')
    } catch (error) {
      setFailed(explainError(error))
    }
  }
  const preview = file?.preview
  return (
    <Dialog open onClose={onClose} title="Import a guide">
      <div className="cw-stack">
        <FileDrop
          onFiles={(files) => void look(files)}
          accept=".json"
          takes="JSON"
          multiple={false}
          most={GUIDE_FILE_LIMIT}
          isFocused
        >
          A guide that Claimwright exported
        </FileDrop>
        {failed && <Finding severity="warn">{failed}</Finding>}
        {preview && preview.problems.length > 0 && (
          <Finding severity="warn">
            This file cannot be used:
            <Lines of={preview.problems} />
          </Finding>
        )}
        {preview && preview.problems.length === 0 && (
          <section aria-label="What it changes">
            <p>
              {preview.isNew ? `A new guide: ${preview.title}.` : `Instead of the guide “${preview.title}” of today:`}
            </p>
            <Lines of={preview.differences.length > 0 ? preview.differences : ['Nothing: it is the same.']} />
          </section>
        )}
        <Actions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            disabled={!file || file.preview.problems.length > 0}
            loading={bring.isPending}
            onClick={() => file && bring.mutate({ text: file.text, seq: file.preview.seq })}
          >
            Import
          </Button>
        </Actions>
      </div>
    </Dialog>
  )
}

function Lines({ of }: { of: readonly string[] }) {
  return (
    <ul>
      {of.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  )
}
