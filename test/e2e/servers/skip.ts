/** Registers one skipped test that says how to run what is left out, and prints it: Jest is silent about whole files. */
export function skipLoudly(how: string): void {
  console.warn(`skipped: ${how}`);
  test.skip(how, () => undefined);
}
