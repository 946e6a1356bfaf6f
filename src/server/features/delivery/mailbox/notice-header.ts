/** What tells a letter of the program itself from a message to customers in the built-in mailbox. */
export const noticeHeader = ['X-Malleposte', 'notice'] as const
