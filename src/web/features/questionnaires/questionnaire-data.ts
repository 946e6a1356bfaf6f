import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Locale } from '#core/kernel/values.ts'
import {
  countAnswers,
  getQuestionnaire,
  listAnswerHistory,
  listAnswers,
  listQuestionnaires,
  listQuestions,
} from '#core/questionnaires/api.ts'
import { call } from '../../platform/call.ts'

export const useQuestions = () =>
  useQuery({
    queryKey: ['questionnaires', 'questions'],
    queryFn: ({ signal }) => call(listQuestions, {}, signal),
  })

export const useQuestionnaires = () =>
  useQuery({
    queryKey: ['questionnaires', 'list'],
    queryFn: ({ signal }) => call(listQuestionnaires, {}, signal),
  })

/** Takes a look at every answer there is: for the settings only. */
export const useAnswerCounts = () =>
  useQuery({
    queryKey: ['questionnaires', 'counts'],
    queryFn: ({ signal }) => call(countAnswers, {}, signal),
  })

export const questionnaireQuery = (id: number) =>
  queryOptions({
    queryKey: ['questionnaires', 'one', id],
    queryFn: ({ signal }) => call(getQuestionnaire, { id }, signal),
  })

/** Below the key of the card, so that what refreshes the card refreshes the answers. */
export const useAnswers = (partyId: number) =>
  useQuery({
    queryKey: ['party', partyId, 'answers'],
    queryFn: ({ signal }) => call(listAnswers, { id: partyId }, signal),
  })

export const useAnswerHistory = (partyId: number, questionId: number) =>
  useQuery({
    queryKey: ['party', partyId, 'answers', questionId],
    queryFn: ({ signal }) => call(listAnswerHistory, { id: partyId, questionId }, signal),
  })

/** After a change of questions or questionnaires, whatever names them reads them again. */
export function useRefreshQuestionnaires(): () => Promise<unknown> {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [['questionnaires'], ['segments', 'dictionary'], ['merge-fields']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
}

/** The language of the page, as core writes. */
export const useLocale = (): Locale => Locale.catch('fr').parse(useTranslation().i18n.language)
