import { Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LocaleSwitch, ThemeSwitch } from '../../shell/switches.tsx'
import { usePageTitle } from '../../ui/page-header.tsx'
import classes from './door.module.css'

type Props = {
  title: string
  /** One or two sentences under the title. */
  text?: ReactNode
  /** Small print below the card. */
  note?: ReactNode
  children?: ReactNode
}

/** The frame of the pages outside the app: one card, and a choice of language and theme. */
export function Door({ title, text, note, children }: Props) {
  const { t } = useTranslation()
  usePageTitle(title)
  return (
    <main className={classes.door}>
      <div className={classes.tools}>
        <LocaleSwitch />
        <ThemeSwitch />
      </div>
      <div className={classes.brand}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <span>{t('app')}</span>
      </div>
      <Paper className={classes.card ?? ''} shadow="sm">
        <Stack gap="md">
          <div>
            <Title order={1} className={classes.title ?? ''}>
              {title}
            </Title>
            {text !== undefined && (
              <Text size="sm" c="dimmed" mt={4}>
                {text}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </Paper>
      {note !== undefined && <p className={classes.note}>{note}</p>}
    </main>
  )
}
