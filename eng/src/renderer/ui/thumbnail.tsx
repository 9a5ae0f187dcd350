// A small picture of an attachment, and the address that shows its bytes.
import { IconFileTypePdf, IconPhoto } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import classes from './viewer.module.css'

/** A blob: address for bytes, taken back when the part leaves the screen; null while there are none. */
export function useObjectUrl(bytes: Uint8Array | null | undefined, mediaType: string): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!bytes) return undefined
    const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mediaType }))
    // The address must live exactly as long as the effect that takes it back.
    // oxlint-disable-next-line react/set-state-in-effect
    setUrl(address)
    return () => {
      URL.revokeObjectURL(address)
      setUrl(null)
    }
  }, [bytes, mediaType])
  return url
}

interface ThumbnailProps {
  /** `Pre-op periapical, #8, Nov 1, 2026` */
  caption: string
  mediaType: string
  /** Null: not loaded, an icon stands in. */
  src: string | null
  onOpen: () => void
}

/** Opens the viewer. */
export function Thumbnail({ caption, mediaType, src, onOpen }: ThumbnailProps) {
  const isPdf = mediaType === 'application/pdf'
  return (
    <button type="button" className={classes.thumb} title={caption} onClick={onOpen}>
      <span className={classes.picture}>
        {!isPdf && src ? (
          <img src={src} alt="" />
        ) : isPdf ? (
          <IconFileTypePdf size={26} aria-hidden />
        ) : (
          <IconPhoto size={26} aria-hidden />
        )}
      </span>
      <span className={classes.caption}>{caption}</span>
    </button>
  )
}
