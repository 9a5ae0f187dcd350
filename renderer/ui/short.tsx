// Text cut to its column; its full form on hover.
import classes from './kit.module.css'

export function Short({ text }: { text: string }) {
  return (
    <span className={classes.short} title={text}>
      {text}
    </span>
  )
}
