import { ActionIcon, Tooltip } from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Outlet, useMatches } from '@tanstack/react-router'
import { lazy, Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Header } from './shell/header.tsx'
import { Nav } from './shell/nav.tsx'
import { RestSign } from './shell/rest-sign.tsx'
import { SessionGate } from './shell/session-gate.tsx'
import classes from './shell/shell.module.css'
import { useFrameKeys } from './shell/use-frame-keys.ts'
import { usePageFocus } from './shell/use-page-focus.ts'

/* What opens on demand is loaded on demand. */
const Palette = lazy(async () => ({ default: (await import('./shell/palette.tsx')).Palette }))

const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shell/shortcuts-dialog.tsx')).ShortcutsDialog,
}))
const NavDrawer = lazy(async () => ({
  default: (await import('./shell/nav-drawer.tsx')).NavDrawer,
}))

/** The frame around every page; a route with `staticData: { bare: true }` (signing in, public pages) has none. */
export function Shell() {
  const bare = useMatches({ select: (matches) => matches.some((m) => m.staticData.bare === true) })
  return (
    <>
      <RestSign />
      {bare ? (
        <Suspense>
          <Outlet />
        </Suspense>
      ) : (
        <SessionGate>
          <Framed />
        </SessionGate>
      )}
    </>
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
    <div className={classes.frame} data-narrow={narrow || undefined}>
      <a href="#main" className={classes.skip}>
        {t('shell.skip')}
      </a>
      <header className={classes.header}>
        <Header
          menuOpened={menuOpened}
          onMenu={menu.toggle}
          onSearch={palette.open}
          onHelp={help.open}
        />
      </header>
      <nav className={classes.nav} aria-label={t('nav.label')}>
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
      </nav>
      <Suspense>
        {paletteOpened && <Palette onClose={palette.close} />}
        {helpOpened && <ShortcutsDialog onClose={help.close} />}
        {menuOpened && <NavDrawer onClose={menu.close} />}
      </Suspense>
      <main id="main" tabIndex={-1} ref={main} className={classes.main}>
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}
