import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/questionnaires/api.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { getParty } from '../parties/service.ts'
import * as answers from './answer-queries.ts'
import * as catalogue from './catalogue.ts'
import * as questionnaires from './queries.ts'
import * as questions from './question-queries.ts'
import { loadQuestionnaire, saveAnswers } from './service.ts'

export function questionnaireRoutes(app: App): void {
  route(app, api.listQuestions, (_, { db }) => questions.list(db))
  route(app, api.countAnswers, (_, { db }) => answers.counts(db))
  route(app, api.createQuestion, (draft, { db, actor }) =>
    catalogue.createQuestion(db, draft, actor),
  )
  route(app, api.updateQuestion, (change, { db, actor }) =>
    catalogue.updateQuestion(db, change, actor),
  )
  route(app, api.deleteQuestion, async ({ id }, { db, actor }) => {
    await catalogue.deleteQuestion(db, id, actor)
    return done
  })
  route(app, api.listQuestionnaires, (_, { db, actor }) => questionnaires.list(db, actor))
  route(app, api.getQuestionnaire, ({ id }, { db }) => loadQuestionnaire(db, id))
  route(app, api.createQuestionnaire, (draft, { db, actor }) =>
    catalogue.createQuestionnaire(db, draft, actor),
  )
  route(app, api.updateQuestionnaire, (change, { db, actor }) =>
    catalogue.updateQuestionnaire(db, change, actor),
  )
  route(app, api.duplicateQuestionnaire, (copy, { db, actor }) =>
    catalogue.duplicateQuestionnaire(db, copy, actor),
  )
  route(app, api.deleteQuestionnaire, async ({ id }, { db, actor }) => {
    await catalogue.deleteQuestionnaire(db, id, actor)
    return done
  })
  answerRoutes(app)
}

function answerRoutes(app: App): void {
  route(app, api.listAnswers, async ({ id }, { db, actor }) => {
    await getParty(db, id)
    return answers.listCurrent(db, actor, id)
  })
  route(app, api.listAnswerHistory, async ({ id, questionId }, { db, actor }) => {
    await getParty(db, id)
    return answers.history(db, actor, { partyId: id, questionId })
  })
  route(app, api.saveAnswers, ({ id, ...given }, { db, actor, now }) =>
    saveAnswers(db, actor, { partyId: id, ...given, now }),
  )
}
