/** What `action` throws; the test fails when it throws nothing. */
export function thrown(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** The message of what `action` throws. */
export function messageOf(action: () => unknown): string {
  return thrown(action).message;
}
