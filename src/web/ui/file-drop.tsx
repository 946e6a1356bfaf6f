import { type DragEvent, type ReactNode, useId, useState } from 'react'
import classes from './file-drop.module.css'

type Props = {
  icon: ReactNode
  title: string
  text: string
  busy: boolean
  onFile: (file: File) => void
}

/** A file input for tables that is also a place to drop on. */
export function FileDrop({ icon, title, text, busy, onFile }: Props) {
  const id = useId()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file && !busy) onFile(file)
  }
  return (
    <label
      htmlFor={id}
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {icon}
      <span className={classes.title}>{title}</span>
      <span>{text}</span>
      <input
        id={id}
        type="file"
        accept=".csv,.txt,.tsv,.xlsx,text/csv"
        className={classes.input}
        disabled={busy}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
    </label>
  )
}
