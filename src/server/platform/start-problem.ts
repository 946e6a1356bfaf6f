/** Why the program cannot start, in words for the person at the console: shown without a stack. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
}
