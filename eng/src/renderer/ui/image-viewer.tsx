// Films and photos: zoom, pan, turn; mouse or keys. Nothing is changed in the file.
import { IconMinus, IconPlus, IconRotateClockwise, IconZoomReset } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { IconButton } from './icon-button.tsx'
import classes from './viewer.module.css'

interface View {
  zoom: number
  turn: number
  x: number
  y: number
}
const START: View = { zoom: 1, turn: 0, x: 0, y: 0 }
const STEP = 1.25
const PAN = 40

/** `src` is a blob: address of this page (see useObjectUrl). `+` `-` zoom, `0` fits, `R` turns, arrows pan. */
export function ImageViewer({ src, alt }: { src: string; alt: string }) {
  const [view, setView] = useState(START)
  const grip = useRef<{ x: number; y: number } | null>(null)
  const zoomBy = (factor: number) =>
    setView((now) => ({ ...now, zoom: Math.min(12, Math.max(0.25, now.zoom * factor)) }))
  const panBy = (x: number, y: number) => setView((now) => ({ ...now, x: now.x + x, y: now.y + y }))
  const turn = () => setView((now) => ({ ...now, turn: (now.turn + 90) % 360 }))

  function onKeyDown(event: KeyboardEvent): void {
    const actions: Record<string, () => void> = {
      '+': () => zoomBy(STEP),
      '=': () => zoomBy(STEP),
      '-': () => zoomBy(1 / STEP),
      '0': () => setView(START),
      r: turn,
      ArrowLeft: () => panBy(PAN, 0),
      ArrowRight: () => panBy(-PAN, 0),
      ArrowUp: () => panBy(0, PAN),
      ArrowDown: () => panBy(0, -PAN),
    }
    const action = actions[event.key]
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    action()
  }
  function onPointerMove(event: PointerEvent): void {
    if (!grip.current) return
    panBy(event.clientX - grip.current.x, event.clientY - grip.current.y)
    grip.current = { x: event.clientX, y: event.clientY }
  }

  return (
    <div className={classes.viewer}>
      <div className={classes.tools}>
        <IconButton label="Zoom in (+)" onClick={() => zoomBy(STEP)}>
          <IconPlus size={16} />
        </IconButton>
        <IconButton label="Zoom out (-)" onClick={() => zoomBy(1 / STEP)}>
          <IconMinus size={16} />
        </IconButton>
        <IconButton label="Fit (0)" onClick={() => setView(START)}>
          <IconZoomReset size={16} />
        </IconButton>
        <IconButton label="Turn (R)" onClick={turn}>
          <IconRotateClockwise size={16} />
        </IconButton>
        <span className="cw-muted" role="status">
          {Math.round(view.zoom * 100)} %
        </span>
      </div>
      <div
        className={classes.stage}
        data-pan
        role="application"
        aria-label={`${alt}. Plus and minus zoom, arrows move, R turns, 0 fits.`}
        // A picture that zooms and pans is a control of its own kind and must take the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={onKeyDown}
        onWheel={(event) => zoomBy(event.deltaY < 0 ? STEP : 1 / STEP)}
        onPointerDown={(event) => {
          grip.current = { x: event.clientX, y: event.clientY }
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          grip.current = null
        }}
        onDoubleClick={() => zoomBy(2)}
      >
        <img
          src={src}
          alt={alt}
          draggable={false}
          style={{
            transform: `translate(${view.x}px, ${view.y}px) rotate(${view.turn}deg) scale(${view.zoom})`,
          }}
        />
      </div>
    </div>
  )
}
