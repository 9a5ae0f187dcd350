// The editor of a guide: what an office changes of it, checked while it is typed, tried beside, saved as a version of its own.
import { useEffect, useMemo, useState } from 'react'
import { Link, useParams } from 'wouter'
import { checkGuide, checkWords } from '#core/guide/check.ts'
import { type EditProblem, problemsOf } from '#core/guide/edit-problems.ts'
import { applyEdits, type GuideEdits } from '#core/guide/edits.ts'
import type { OwnGuide } from '#core/guide/own.ts'
import type { Guide } from '#core/guide/schema.ts'
import { FormProblem, SaveOrUndo, useCommandForm } from '../../lib/command-form.tsx'
import { countOf } from '../../lib/format.ts'
import { useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { useToday } from '../../lib/use-today.ts'
import { paths } from '../../paths.ts'
import { TextField } from '../../ui/fields.tsx'
import { Finding } from '../../ui/finding.tsx'
import { Form } from '../../ui/form.tsx'
import { Page } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'
import { EditSections, nameOf } from './edit-sections.tsx'
import { TryIt } from './try-it.tsx'
import { Versions } from './versions.tsx'

export default function GuideEditorScreen() {
  const { id } = useParams<{ id: string }>()
  const query = useRoute('guide.editing', { id })
  const canManage = useCan('manage')
  if (!canManage) return <EmptyState title="The office owner changes guides">Ask the owner of your office.</EmptyState>
  return <Answer query={query}>{(own) => <Editor key={own.seq} own={own} />}</Answer>
}

function Editor({ own }: { own: OwnGuide }) {
  const today = useToday()
  const form = useCommandForm('guide.save', {
    scope: `guide:${own.guide.id}:${own.seq}`,
    start: { edits: own.edits, note: '' },
    done: 'Guide saved: it holds from now on',
  })
  const { edits, note } = form.values
  const guide = useMemo(() => applyEdits(own.guide, edits, today), [own.guide, edits, today])
  const problems = useProblems(own, guide, edits)
  const set = (part: Partial<GuideEdits>) => form.set({ edits: { ...edits, ...part } })
  const { id } = own.guide
  return (
    <Page
      title={own.isOurs ? `${own.guide.title} (your office’s)` : `Make “${own.guide.title}” yours`}
      lead="Change what your office does differently. All else stays as shipped and is kept up to date."
      actions={
        <Link href={paths.guide(id)} className="cw-link">
          Read the guide
        </Link>
      }
      aside={<TryIt guide={guide} />}
      asideLabel="Try it"
    >
      <Form onSubmit={() => form.send(problems.length === 0 && { id, seq: own.seq, edits, note })} label="Guide">
        <div className="cw-stack">
          <Problems problems={problems} guide={guide} />
          <TextField label="Title" value={edits.title} onChange={(title) => set({ title })} />
          <EditSections own={own} edits={edits} set={set} problems={problems} />
          {form.changed && (
            <TextField
              label="What this version is about"
              {...form.field('note')}
              hint="For those who look at the versions later, such as: as Dr. Doe wants it"
            />
          )}
          <FormProblem form={form} />
          <div className="cw-row">
            <SaveOrUndo form={form} save="Save our guide" disabled={problems.length > 0} />
          </div>
        </div>
      </Form>
      <Versions own={own} />
    </Page>
  )
}

/** Long enough for a word to be typed: rules are followed through all their ways. */
const PAUSE_MS = 400

/** The same check that shipped guides pass; the way through the rules only where rules, questions or codes were touched. */
function useProblems(own: OwnGuide, guide: Guide, edits: GuideEdits): EditProblem[] {
  const [problems, setProblems] = useState<EditProblem[]>([])
  useEffect(() => {
    const isSame = (['rules', 'questions', 'codes'] as const).every((key) => edits[key] === own.edits[key])
    const timer = setTimeout(() => setProblems(problemsOf(guide, edits, isSame ? checkWords : checkGuide)), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [own, guide, edits])
  return problems
}

function Problems({ problems, guide }: { problems: readonly EditProblem[]; guide: Guide }) {
  if (problems.length === 0) return null
  return (
    <Finding severity="warn">
      {countOf(problems.length, 'thing')} to correct before it can be saved:
      <ul>
        {problems.map((one, at) => (
          <li key={at}>
            {nameOf(guide, one)}: {one.message}
          </li>
        ))}
      </ul>
    </Finding>
  )
}
