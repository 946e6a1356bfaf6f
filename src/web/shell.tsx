import { ActionIcon, AppShell, Drawer, Tooltip } from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Outlet, useMatches } from '@tanstack/react-router'
import { lazy, Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Header } from './shell/header.tsx'
import { Nav } from './shell/nav.tsx'
import { SessionGate } from './shell/session-gate.tsx'
import classes from './shell/shell.module.css'
import { ShortcutsDialog } from './shell/shortcuts-dialog.tsx'
import { useFrameKeys } from './shell/use-frame-keys.ts'
import { usePageFocus } from './shell/use-page-focus.ts'

const Palette = lazy(async () => ({ default: (await import('./shell/palette.tsx')).Palette }))

/** The frame around every page; a route with `staticData: { bare: true }` (signing in, public pages) has none. */
export function Shell() {
  const bare = useMatches({ select: (matches) => matches.some((m) => m.staticData.bare === true) })
  if (!bare) {
    return (
      <SessionGate>
        <Framed />
      </SessionGate>
    )
  }
  return (
    <Suspense>
      <Outlet />
    </Suspense>
  )
}

function Framed() {
  const { t } = useTranslation()
  const [menuOpened, menu] = useDisclosure()
  const [paletteOpened, palette] = useDisclosure()
  const [helpOpened, help] = useDisclosure()
  const [narrow, setNarrow] = useLocalStorage({ key: 'malleposte-narrow', defaultValue: false })
  const main = useRef<HTMLElement>(null)
  usePageFocus(main)
  useFrameKeys({ onHelp: help.open, onSearch: palette.open })
  const fold = t(narrow ? 'shell.unfold' : 'shell.fold')
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: narrow ? 59 : 216, breakpoint: 'sm', collapsed: { mobile: true } }}
    >
      <a href="#main" className={classes.skip}>
        {t('shell.skip')}
      </a>
      <AppShell.Header className={classes.header ?? ''}>
        <Header
          menuOpened={menuOpened}
          onMenu={menu.toggle}
          onSearch={palette.open}
          onHelp={help.open}
        />
      </AppShell.Header>
      <AppShell.Navbar visibleFrom="sm" className={classes.nav ?? ''} aria-label={t('nav.label')}>
        <Nav narrow={narrow} />
        <Tooltip label={fold} position="right">
          <ActionIcon
            className={classes.navFoot ?? ''}
            variant="subtle"
            color="gray"
            size={36}
            aria-label={fold}
            onClick={() => setNarrow(!narrow)}
          >
            {narrow ? (
              <IconLayoutSidebarLeftExpand size={18} />
            ) : (
              <IconLayoutSidebarLeftCollapse size={18} />
            )}
          </ActionIcon>
        </Tooltip>
      </AppShell.Navbar>
      <Drawer opened={menuOpened} onClose={menu.close} title={t('app')} size={280} hiddenFrom="sm">
        <nav aria-label={t('nav.label')}>
          <Nav onNavigate={menu.close} />
        </nav>
      </Drawer>
      <Suspense>{paletteOpened && <Palette onClose={palette.close} />}</Suspense>
      <ShortcutsDialog opened={helpOpened} onClose={help.close} />
      <AppShell.Main id="main" tabIndex={-1} ref={main} className={classes.main ?? ''}>
        <Suspense>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  )
}
