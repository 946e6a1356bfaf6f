import { Alert, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Preview } from '#core/content/api.ts'

type Problem = Preview['problems'][number]

/** The sentence for one problem, with its line when it has one. */
export function useContentProblemText() {
  const { t } = useTranslation('content')
  return ({ code, text, line, column }: Problem) =>
    line > 1
      ? t('problems.at', { line, column, problem: t(`problems.${code}`, { text }) })
      : t(`problems.${code}`, { text })
}

/** What must be mended before the message can leave; nothing when it could leave now. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation('content')
  const problemText = useContentProblemText()
  // A message that is merely not written yet is no mistake to shout about.
  const shown = problems.filter(({ code }) => code !== 'empty')
  if (shown.length === 0) return null
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t('problems.title')}
      role="status"
    >
      <List size="sm">
        {shown.map((problem) => (
          <List.Item
            key={`${problem.place} ${problem.code} ${problem.text} ${problem.line} ${problem.column}`}
          >
            {problemText(problem)}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

/** For the field that the problem stands in. */
export function problemAt(problems: readonly Problem[], place: Problem['place']) {
  return problems.find((problem) => problem.place === place && problem.code !== 'empty')
}
