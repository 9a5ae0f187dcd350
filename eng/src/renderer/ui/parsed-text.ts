// Text that means a value (money, a date, a tooth): keeps what was typed, says when it cannot be read.
import { useState } from 'react'

interface ParsedText {
  text: string
  setText: (text: string) => void
  /** Shows the message from now on and rewrites a readable text in its usual form. */
  settle: () => void
  unreadable: boolean
  showMessage: boolean
}

/** Two-way binding of a typed value and its text. Unreadable text gives null and stays on screen. */
export function useParsedText<T>(
  value: T | null,
  onChange: (value: T | null) => void,
  parse: (text: string) => T | null,
  format: (value: T) => string,
): ParsedText {
  const written = value === null ? '' : format(value)
  const [text, setRaw] = useState(written)
  const [known, setKnown] = useState(value)
  const [settled, setSettled] = useState(false)
  if (value !== known) {
    setKnown(value)
    if (parse(text) !== value) setRaw(written)
  }
  const unreadable = text.trim() !== '' && parse(text) === null
  return {
    text,
    unreadable,
    showMessage: unreadable && settled,
    setText: (next) => {
      setRaw(next)
      const parsed = parse(next)
      setKnown(parsed)
      if (parsed !== value) onChange(parsed)
    },
    settle: () => {
      setSettled(true)
      const parsed = parse(text)
      if (parsed !== null) setRaw(format(parsed))
    },
  }
}
