// The text of an appeal letter as it will read. Letterhead, address and page numbers come with the printed one.
import { attachmentTitle } from '#core/case/attachment-kind.ts'
import type { AppealLetter } from '#core/appeal/schema.ts'
import type { DocumentationView } from '#core/contract/case-documentation.ts'
import { formatDate } from '../../../lib/format.ts'
import classes from '../money.module.css'

export function LetterPaper({ letter, view }: { letter: AppealLetter; view: DocumentationView }) {
  const notes = letter.noteIds.flatMap((id) => view.notes.find((note) => note.id === id) ?? [])
  const files = letter.enclosureIds.flatMap((id) => view.attachments.find((file) => file.id === id) ?? [])
  return (
    <div className={classes.paper} role="region" aria-label="Letter text">
      {letter.quotedReason && <p>Your decision gives this reason: “{letter.quotedReason}”</p>}
      {letter.request && <p>{letter.request}</p>}
      {letter.body && <p>{letter.body}</p>}
      {notes.map((note) => (
        <p key={note.id}>
          Chart entry of {formatDate(note.notedOn)}, {note.author}: “{note.text}”
        </p>
      ))}
      {files.length > 0 && (
        <>
          Enclosures
          <ol>
            {files.map((file) => (
              <li key={file.id}>{attachmentTitle(file)}</li>
            ))}
          </ol>
        </>
      )}
    </div>
  )
}
