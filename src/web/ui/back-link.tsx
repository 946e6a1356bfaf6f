import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'

/** The way back to the list above a page's heading. */
export function BackLink({
  children,
  ...link
}: Pick<LinkProps, 'to' | 'search'> & { children: string }) {
  return (
    <div>
      <Button
        size="compact-sm"
        variant="subtle"
        ml={-8}
        leftSection={<IconArrowLeft size={16} aria-hidden />}
        renderRoot={(props) => <Link {...link} {...props} />}
      >
        {children}
      </Button>
    </div>
  )
}
