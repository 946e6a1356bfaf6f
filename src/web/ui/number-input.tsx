import { NumberInput, type NumberInputProps } from '@mantine/core'

/** The kit's field, in a file of its own to be loaded after the page. */
export const Numbers = (props: NumberInputProps) => <NumberInput {...props} />
