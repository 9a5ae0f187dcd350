// Files in: dropped, pasted, or picked. Says at once what it will not take; the host looks at the content itself.
import { IconPaperclip } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ClipboardEvent, type DragEvent, type ReactNode } from 'react'
import { fileSize } from '#core/file-size.ts'
import { Button } from './button.tsx'
import classes from './kit.module.css'

const ACCEPTED = '.png,.jpg,.jpeg,.webp,.pdf'
const MAX_FILE_BYTES = 50 * 1024 * 1024

interface FileDropProps {
  onFiles: (files: File[]) => void
  /** What to drop: `Films, photos, letters`. */
  children?: ReactNode
  shortcut?: string
  /** It is all there is to do: its button has the focus. */
  isFocused?: boolean
  disabled?: boolean
  /** File name endings of the picker; default: pictures and PDF. */
  accept?: string
  /** The same in words. */
  takes?: string
  multiple?: boolean
  /** Bytes of the largest file it takes. */
  most?: number
}

/** While mounted, Ctrl+V anywhere on the page outside a text field pastes a file too. */
export function FileDrop({
  onFiles,
  shortcut,
  isFocused = false,
  disabled = false,
  multiple = true,
  ...props
}: FileDropProps) {
  const { children = 'Films, photos, letters', accept = ACCEPTED, takes = 'PNG, JPEG, WebP, PDF' } = props
  const { most = MAX_FILE_BYTES } = props
  const picker = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [refused, setRefused] = useState<string[]>([])

  function take(files: readonly File[]): void {
    if (disabled || files.length === 0) return
    const tooLarge = files.filter((file) => file.size > most)
    const good = files.filter((file) => file.size <= most && file.size > 0)
    setRefused([
      ...tooLarge.map((file) => `${file.name}: ${fileSize(file.size)}. At most ${fileSize(most)}; export it smaller.`),
      ...files.filter((file) => file.size === 0).map((file) => `${file.name} is empty.`),
    ])
    if (good.length > 0) onFiles(good)
  }
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    const onPaste = (event: globalThis.ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      latest.current(files)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])

  const over = (value: boolean) => (event: DragEvent | ClipboardEvent) => {
    event.preventDefault()
    setOver(value && !disabled)
  }
  return (
    <div
      role="group"
      aria-label="Add files"
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event)
        take([...event.dataTransfer.files])
      }}
    >
      <IconPaperclip size={18} aria-hidden />
      <span>{children}: drop here, paste with Ctrl+V, or</span>
      <Button shortcut={shortcut} autoFocus={isFocused} disabled={disabled} onClick={() => picker.current?.click()}>
        {multiple ? 'Choose files' : 'Choose a file'}
      </Button>
      <span>
        {takes} up to {Math.floor(most / 1024 ** 2)} MB
      </span>
      <input
        ref={picker}
        type="file"
        multiple={multiple}
        hidden
        aria-label="Choose files"
        accept={accept}
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      {refused.map((line) => (
        <div key={line} role="alert" style={{ width: '100%', color: 'var(--cw-block)' }}>
          {line}
        </div>
      ))}
    </div>
  )
}
