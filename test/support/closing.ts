// A failure shows the test that failed, not all of jest below it: each `expect` takes its stack, deep or not.
Error.stackTraceLimit = 20;

/** Something a test has started. */
export interface Closable {
  close(): unknown;
}

const running: Closable[] = [];

/**
 * Closes it after the test that runs. The hook stands here, where every suite has it from the start
 * (`setupFilesAfterEnv` of jest): a hook of a shared module holds for the first file of a suite that loads it, and for
 * no other.
 */
export function closeAfterTest(...started: readonly Closable[]): void {
  running.push(...started);
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});
