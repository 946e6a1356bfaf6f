import { MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { cssVariables, theme } from './theme.ts'

/** The kit with our theme, and in the language of the page the words that the kit itself puts on screen. */
export function KitProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const close = t('ui.close')
  const overlays = t('ui.overlays')
  useEffect(() => {
    document.getElementById('overlays')?.setAttribute('aria-label', overlays)
  }, [overlays])
  const translated = useMemo(() => {
    const closeButtonProps = { 'aria-label': close }
    return mergeThemeOverrides(theme, {
      components: {
        Modal: { defaultProps: { closeButtonProps } },
        Drawer: { defaultProps: { closeButtonProps } },
        // The kit's header element would be a second banner of the page.
        ModalHeader: { defaultProps: { role: 'presentation' } },
        DrawerHeader: { defaultProps: { role: 'presentation' } },
        Notification: { defaultProps: { closeButtonProps } },
      },
    })
  }, [close])
  return (
    <MantineProvider
      theme={translated}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
    >
      {children}
    </MantineProvider>
  )
}
