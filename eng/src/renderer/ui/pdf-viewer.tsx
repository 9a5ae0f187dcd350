// PDF pages as pictures: pdf.js draws them on a canvas, without its forms, links, scripts or text as markup.
import { IconChevronLeft, IconChevronRight, IconMinus, IconPlus } from '@tabler/icons-react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { openPdf } from '../lib/pdf.ts'
import { IconButton } from './icon-button.tsx'
import { ErrorState, Loading } from './states.tsx'
import classes from './viewer.module.css'

/** `bytes` as the host gave them. PageUp and PageDown turn pages. */
export function PdfViewer({ bytes, label }: { bytes: Uint8Array; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null)
  const [failed, setFailed] = useState(false)
  const [page, setPage] = useState(1)
  const [zoom, setZoom] = useState(1.25)

  useEffect(() => {
    let alive = true
    const opening = openPdf(bytes)
    opening.then(
      (document) => alive && setPdf(document),
      () => alive && setFailed(true),
    )
    return () => {
      alive = false
      opening.then((document) => document.destroy()).catch(() => undefined)
    }
  }, [bytes])

  useEffect(() => {
    const target = canvas.current
    if (!pdf || !target) return undefined
    let stop = () => {}
    let alive = true
    void (async () => {
      try {
        const sheet = await pdf.getPage(page)
        if (!alive) return
        const ratio = window.devicePixelRatio || 1
        const viewport = sheet.getViewport({ scale: zoom * ratio })
        target.width = viewport.width
        target.height = viewport.height
        target.style.width = `${viewport.width / ratio}px`
        const context = target.getContext('2d')
        if (!context) return
        const task = sheet.render({ canvasContext: context, viewport })
        stop = () => task.cancel()
        await task.promise
      } catch (error) {
        const isCancel = error instanceof Error && error.name === 'RenderingCancelledException'
        if (alive && !isCancel) setFailed(true)
      }
    })()
    return () => {
      alive = false
      stop()
    }
  }, [pdf, page, zoom])

  if (failed) return <ErrorState message="This PDF cannot be displayed. Ask for it again or attach a picture of it." />
  if (!pdf) return <Loading lines={6} />
  const turnTo = (next: number) => setPage(Math.min(pdf.numPages, Math.max(1, next)))
  return (
    <div className={classes.viewer}>
      <div className={classes.tools}>
        <IconButton label="Previous page" disabled={page === 1} onClick={() => turnTo(page - 1)}>
          <IconChevronLeft size={16} />
        </IconButton>
        <IconButton label="Next page" disabled={page === pdf.numPages} onClick={() => turnTo(page + 1)}>
          <IconChevronRight size={16} />
        </IconButton>
        <IconButton label="Zoom in" onClick={() => setZoom((now) => Math.min(5, now * 1.25))}>
          <IconPlus size={16} />
        </IconButton>
        <IconButton label="Zoom out" onClick={() => setZoom((now) => Math.max(0.4, now / 1.25))}>
          <IconMinus size={16} />
        </IconButton>
        <span className="cw-muted" role="status">
          Page {page} of {pdf.numPages}
        </span>
      </div>
      <div
        className={classes.stage}
        role="region"
        aria-label={label}
        // Scrolls with the keyboard, as every region that scrolls must.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'PageDown') turnTo(page + 1)
          else if (event.key === 'PageUp') turnTo(page - 1)
          else return
          event.preventDefault()
        }}
      >
        <canvas ref={canvas} role="img" aria-label={`${label}, page ${page}`} />
      </div>
    </div>
  )
}
