import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '#core/imports/api.ts'
import type { ImportView } from '#core/imports/import.ts'
import type { ImportKind } from '#core/imports/plan.ts'
import { CallError, call, readProblem } from '../../platform/call.ts'

const key = (id: number) => ['imports', id] as const

const isMoving = ({ state }: Pick<ImportView, 'state'>) =>
  state === 'checking' || state === 'running' || state === 'undoing'

export function useImports() {
  return useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => call(api.listImports, { limit: 200 }, signal),
    refetchInterval: (query) => (query.state.data?.imports.some(isMoving) ? 2_000 : false),
  })
}

/** One import, looked at every second while a job moves it. */
export function useImport(id: number) {
  return useQuery({
    queryKey: key(id),
    queryFn: ({ signal }) => call(api.getImport, { id }, signal),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data) ? 1_000 : false),
  })
}

export function useGuess(id: number, kind: ImportKind | undefined, headers: readonly string[]) {
  return useQuery({
    queryKey: [...key(id), 'guess', kind, headers.join('|')],
    queryFn: ({ signal }) => call(api.guessImport, { id, kind }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useRejects(view: Pick<ImportView, 'id' | 'state' | 'finishedAt'>) {
  return useQuery({
    queryKey: [...key(view.id), 'rejects', view.state, view.finishedAt],
    queryFn: ({ signal }) => call(api.listRejects, { id: view.id, limit: 50 }, signal),
    enabled: !isMoving(view),
  })
}

/** A change to an import; what the server answers is what the page shows next. */
export function useImportAction<Input>(act: (input: Input) => Promise<ImportView>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: async (view) => {
      client.setQueryData(key(view.id), view)
      await client.invalidateQueries({ queryKey: ['imports'] })
    },
  })
}

/** Sends the file's bytes. XMLHttpRequest and not fetch: only it says how much has gone. */
export function sendFile(file: File, onProgress: (ratio: number) => void): Promise<ImportView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${api.uploadImport.path}?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0)
    const offline = { code: 'http/offline', message: 'The server cannot be reached.', details: {} }
    request.onerror = () => reject(new CallError(0, offline))
    request.onload = () => {
      const { status, responseText } = request
      if (status === 200) resolve(api.uploadImport.output.parse(JSON.parse(responseText)))
      else
        void readProblem(new Response(responseText, { status })).then((problem) =>
          reject(new CallError(status, problem)),
        )
    }
    request.send(file)
  })
}
