import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Locale } from '#core/kernel/values.ts'
import { setLocale } from '../platform/i18n.ts'
import classes from './shell.module.css'

/** Radio buttons of the platform: every page downloads the header, so it brings no widget of its own. */
export function LocaleSwitch() {
  const { t, i18n } = useTranslation()
  return (
    <fieldset className={classes.locales} aria-label={t('shell.language')}>
      {Locale.options.map((locale) => (
        <label key={locale}>
          <input
            type="radio"
            name="locale"
            checked={i18n.language === locale}
            onChange={() => void setLocale(locale)}
          />
          {locale.toUpperCase()}
        </label>
      ))}
    </fieldset>
  )
}

export function ThemeSwitch() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const label = t(dark ? 'shell.toLight' : 'shell.toDark')
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={label}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size={17} /> : <IconMoon size={17} />}
      </ActionIcon>
    </Tooltip>
  )
}
