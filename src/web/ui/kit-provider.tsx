import { Drawer, MantineProvider, Modal, mergeThemeOverrides, Notification } from '@mantine/core'
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
        Modal: Modal.extend({ defaultProps: { closeButtonProps } }),
        Drawer: Drawer.extend({ defaultProps: { closeButtonProps } }),
        // The kit's header element would be a second banner of the page.
        ModalHeader: Modal.Header.extend({ defaultProps: { role: 'presentation' } }),
        DrawerHeader: Drawer.Header.extend({ defaultProps: { role: 'presentation' } }),
        Notification: Notification.extend({ defaultProps: { closeButtonProps } }),
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
