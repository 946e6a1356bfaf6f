import type { LabelCheck } from '#core/labels/api.ts'
import { boxAt, type LabelShape, perPage } from '#core/labels/format.ts'
import classes from './labels.module.css'

/* Points in the millimetres that the drawing counts in. */
const point = 25.4 / 72

type LabelProps = {
  format: LabelShape
  items: NonNullable<LabelCheck['sample']>
  label: string
}

/** A label as the printer will draw it, each line as wide as it will be. */
export function LabelDrawing({ format, items, label }: LabelProps) {
  const { labelWidth: width, labelHeight: height } = format
  return (
    <svg
      className={classes.drawing}
      viewBox={`-1 -1 ${width + 2} ${height + 2}`}
      role="img"
      aria-label={`${label}: ${items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])).join(', ')}`}
    >
      <rect className={classes.paper} width={width} height={height} rx={1.5} />
      {items.map((item) =>
        item.kind === 'bar' ? (
          <rect
            key={`bar ${item.x}`}
            className={classes.ink}
            x={item.x}
            y={item.y}
            width={item.width}
            height={item.height}
          />
        ) : (
          <text
            key={`text ${item.y}`}
            className={classes.ink}
            x={item.x}
            y={item.y}
            fontSize={item.size * point}
            textLength={item.width}
            lengthAdjust="spacingAndGlyphs"
          >
            {item.text}
          </text>
        ),
      )}
    </svg>
  )
}

type SheetProps = { shape: LabelShape; label: string }

/** The page with its labels, to scale. */
export function SheetDrawing({ shape, label }: SheetProps) {
  const { pageWidth: width, pageHeight: height, padding } = shape
  return (
    <svg
      className={classes.sheet}
      viewBox={`-2 -2 ${width + 4} ${height + 4}`}
      role="img"
      aria-label={label}
    >
      <rect className={classes.paper} width={width} height={height} />
      {Array.from({ length: perPage(shape) }, (_, at) => boxAt(shape, at)).map((box) => (
        <g key={`${box.x} ${box.y}`}>
          <rect className={classes.place} {...box} rx={1.5} />
          <rect
            className={classes.inside}
            x={box.x + padding}
            y={box.y + padding}
            width={Math.max(0, box.width - 2 * padding)}
            height={Math.max(0, box.height - 2 * padding)}
          />
        </g>
      ))}
    </svg>
  )
}
