import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, rem } from '@mantine/core'

const brand: MantineColorsTuple = [
  '#eef3ff',
  '#dbe4fb',
  '#b4c6f3',
  '#8aa6ec',
  '#678ae6',
  '#5179e2',
  '#3b63cf',
  '#2f52b3',
  '#254494',
  '#1b3576',
]
const ok: MantineColorsTuple = [
  '#e7f7ef',
  '#d3efe1',
  '#a8dfc4',
  '#7acea5',
  '#54c08b',
  '#3cb77b',
  '#2eb372',
  '#1f9d61',
  '#0f7a49',
  '#085c36',
]
const dark: MantineColorsTuple = [
  '#dde1e8',
  '#b9c0cc',
  '#a5adbb',
  '#7d8696',
  '#3a414e',
  '#2b303b',
  '#20252f',
  '#171a21',
  '#12151b',
  '#0d0f14',
]
const fontFamily = "'Inter Variable', system-ui, sans-serif"

export const theme = createTheme({
  primaryColor: 'brand',
  colors: { brand, ok, dark },
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.28,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily,
  headings: {
    fontFamily,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: rem(22), lineHeight: '1.25' },
      h2: { fontSize: rem(16), lineHeight: '1.35' },
      h3: { fontSize: rem(14), lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(19) },
  components: {
    // A hint below its field: fields side by side stay in line.
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    },
    // The placeholder is a focusable child that a menu may not have.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Paper: { defaultProps: { withBorder: true } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
})

/** Mantine's own greys miss 4.5:1 in places; these do not (checked by axe on every page). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-dimmed': '#596273',
    '--mantine-color-placeholder': '#6b7383',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-gray-light': '#e8ecf2',
    '--mantine-color-gray-light-hover': '#dfe4ec',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-orange-light-color': '#9a3412',
    '--app-canvas': '#f5f7fa',
    '--app-line': '#e3e7ee',
    '--app-row-hover': '#f2f6ff',
  },
  dark: {
    '--mantine-color-error': '#ff8787',
    '--mantine-color-dimmed': '#a5adbb',
    '--mantine-color-placeholder': '#949cab',
    '--mantine-color-body': '#171a21',
    '--app-canvas': '#101318',
    '--app-line': '#2b303b',
    '--app-row-hover': '#1e2430',
    '--mantine-color-gray-light': '#262c37',
    '--mantine-color-gray-light-hover': '#303846',
    '--mantine-color-red-light-color': '#ffc9c9',
    '--mantine-color-brand-light': '#22315c',
    '--mantine-color-brand-light-hover': '#293a6b',
    '--mantine-color-brand-light-color': '#dbe4fb',
  },
})
