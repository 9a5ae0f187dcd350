// One hook for every form: a refusal stands beside its field, what was typed is kept until it is saved, secrets never.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { FormDialog, useCommandForm } from '#renderer/lib/command-form.tsx'
import { DateField, TextField } from '#renderer/ui/fields.tsx'
import { renderApp, type Replies } from '#test/helpers/render.tsx'

const CASE = '019ab000-0000-7000-8000-0000000000c1'
const user = userEvent.setup({ delay: null })

function TaskForm({ scope = `task:${CASE}`, title = '' }: { scope?: string | null; title?: string }) {
  const start: { title: string; dueOn: string | null } = { title, dueOn: null }
  const form = useCommandForm('task.add', { scope, start, at: 'task', done: 'Task added' })
  const { values, field, send } = form
  const save = () => send(values.dueOn && { task: { caseId: CASE, title: values.title, dueOn: values.dueOn } })
  return (
    <FormDialog form={form} title="Add a task" onClose={() => {}} onSave={save}>
      <TextField label="What" {...field('title')} />
      <DateField label="Due" {...field('dueOn', !values.dueOn && 'Type a date')} />
    </FormDialog>
  )
}

const refuse = (path: string, message: string): Replies => ({
  'task.add': () => {
    throw new AppError('INVALID_INPUT', message, { issues: [{ path, message }] })
  },
})

describe('useCommandForm', () => {
  // Bug it would catch: a form sent what was not complete, or said nothing about what is missing.
  it('says what is missing once somebody tries, and sends nothing', async () => {
    const { asked } = renderApp(<TaskForm />)
    expect(screen.queryByText('Type a date')).not.toBeInTheDocument()
    await user.type(await screen.findByRole('textbox', { name: 'What' }), 'Call{Enter}')
    expect(await screen.findByText('Type a date')).toBeVisible()
    expect(asked('task.add')).toEqual([])
  })

  // Bug it would catch: the message stood at the foot of the form, or twice, instead of beside its field.
  it('puts a refusal beside its field, once', async () => {
    renderApp(<TaskForm title="Call" />, { replies: refuse('task.title', 'Say what is to be done') })
    await user.type(await screen.findByRole('textbox', { name: 'Due' }), 't{Enter}')
    expect(await screen.findByText('Say what is to be done')).toBeVisible()
    expect(screen.getByRole('textbox', { name: 'What' })).toHaveAccessibleDescription(/Say what is to be done/)
  })

  // Bug it would catch: a refusal of something that has no field was swallowed.
  it('says a refusal that no field shows as a sentence', async () => {
    renderApp(<TaskForm title="Call" />, { replies: refuse('task.assigneeId', 'This person has left') })
    await user.type(await screen.findByRole('textbox', { name: 'Due' }), 't{Enter}')
    expect(await screen.findByText('This person has left')).toBeVisible()
  })

  // Bug it would catch: what was typed was forgotten when the host refused it, or came back after it was saved.
  it('keeps what was typed until it is saved, then forgets it', async () => {
    const { asked, replies } = renderApp(<TaskForm />, {
      replies: refuse('task.title', 'Say what is to be done'),
    })
    await user.type(await screen.findByRole('textbox', { name: 'What' }), 'Call')
    await user.type(screen.getByRole('textbox', { name: 'Due' }), 't{Enter}')
    await screen.findByText('Say what is to be done')
    expect(asked('draft.discard')).toEqual([])
    replies['task.add'] = { id: '019ab000-0000-7000-8000-0000000000d1' as never }
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(asked('draft.discard')).toEqual([{ scope: `task:${CASE}` }]))
    expect(screen.getByRole('textbox', { name: 'What' })).toHaveValue('')
  })

  // Bug it would catch: a password went to the drafts.
  it('keeps nothing without a scope', async () => {
    const { asked, unmount } = renderApp(<TaskForm scope={null} />)
    await user.type(await screen.findByRole('textbox', { name: 'What' }), 'secret words')
    unmount()
    expect(asked('draft.save')).toEqual([])
    expect(asked('draft.get')).toEqual([])
  })

  // Bug it would catch: a form showed the record as it was when the form was opened.
  it('follows the record until somebody types', async () => {
    function Changing() {
      const [title, setTitle] = useState('Call')
      return (
        <>
          <button type="button" onClick={() => setTitle(title === 'Call' ? 'Write' : 'Visit')}>
            Changed by somebody else
          </button>
          <TaskForm scope={null} title={title} />
        </>
      )
    }
    renderApp(<Changing />)
    const what = await screen.findByRole('textbox', { name: 'What' })
    const change = screen.getByText('Changed by somebody else')
    fireEvent.click(change)
    expect(what).toHaveValue('Write')
    await user.type(what, '!')
    fireEvent.click(change)
    expect(what).toHaveValue('Write!')
  })
})

// Bug: a form with one place for all of its drafts offers what was typed for one patient to the next.
it('every form keeps its draft by what it is about', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  const forms = files
    .map((name) => readFileSync(join('renderer', name), 'utf8'))
    .filter((text) => text.includes('useCommandForm('))
  const scopes = forms.flatMap((text) => text.match(/\bscope: .*/g) ?? [])
  expect(scopes.length).toBeGreaterThan(30)
  expect(scopes.filter((scope) => /^scope: ['"]/.test(scope) || /^scope: `[^$]*`/.test(scope))).toEqual([])
})
