import { useElementSize } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import classes from './content.module.css'

/*
 * The frame has no scripts and no forms (sandbox), and this on top: nothing but pictures and styles. It keeps our
 * origin, of which nothing in it can make use: Chromium leaves a frame of another origin blank for good when its text
 * changes while it is scrolled away.
 */
const policy =
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src https: data:; style-src \'unsafe-inline\'; font-src data:">'

const height = 560

type Props = { html: string; width: 600 | 375; dark: boolean }

/** An e-mail in a window of the given width, made smaller when there is less room. */
export function EmailFrame({ html, width, dark }: Props) {
  const { t } = useTranslation('content')
  const { ref, width: room } = useElementSize<HTMLDivElement>()
  // The 600 pixels of the letter and its margins.
  const wide = width === 600 ? 660 : 375
  const scale = room === 0 ? 1 : Math.min(1, room / wide)
  const themed = inTheme(html, dark)
  const guarded = /<head[^>]*>/i.test(themed)
    ? themed.replace(/<head[^>]*>/i, (head) => head + policy)
    : policy + themed
  return (
    <div ref={ref} className={classes.frameRoom} style={{ height: height * scale }}>
      <iframe
        title={t('preview.title')}
        sandbox="allow-same-origin"
        srcDoc={guarded}
        className={classes.frame}
        style={{
          width: wide,
          height,
          transform: `scale(${scale})`,
          colorScheme: dark ? 'dark' : 'light',
        }}
      />
    </div>
  )
}

/* A frame follows the reader's own theme: what the message says for the dark is asked for by name. */
const inTheme = (html: string, dark: boolean) =>
  html.replace(
    /@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi,
    dark ? '@media all' : '@media not all',
  )
