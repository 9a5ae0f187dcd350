// Mantine's theme: calm density, one teal accent, system fonts. Colors of meaning live in styles.css.
import { createTheme, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#e8f6f4',
  '#d3ebe8',
  '#a6d6d0',
  '#75bfb7',
  '#4caca2',
  '#2d9d92',
  '#138a80',
  '#0b726a',
  '#095f58',
  '#064c47',
]

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 8 },
  colors: { teal },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  fontFamily: 'system-ui, "Segoe UI", "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.45' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
  focusRing: 'never', // styles.css draws one ring for everything that can be focused
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // A verb is never cut: the row around the button gives way.
    Button: {
      defaultProps: { size: 'compact-md' },
      styles: { root: { flexShrink: 0 }, label: { overflow: 'visible' } },
    },
    TextInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NativeSelect: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    // The page itself never scrolls, and the lock would inject a style without the nonce.
    ModalRoot: { defaultProps: { transitionProps: { duration: 0 }, lockScroll: false } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, hideDetached: false } },
  },
})
