import { queryOptions } from '@tanstack/react-query'
import { listQuestionnaires, listQuestions } from '#core/questionnaires/api.ts'
import { call } from '../../platform/call.ts'

/* Lists that steps choose from. */
export const questionnairesQuery = queryOptions({
  queryKey: ['questionnaires', 'list'],
  queryFn: ({ signal }) => call(listQuestionnaires, {}, signal),
  staleTime: 30_000,
})

export const questionsQuery = queryOptions({
  queryKey: ['questions', 'list'],
  queryFn: ({ signal }) => call(listQuestions, {}, signal),
  staleTime: 30_000,
})
