/** Lets the event loop turn until something holds; the time limit of the test ends it otherwise. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
