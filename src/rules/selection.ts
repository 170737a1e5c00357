/** Which codes a run looks at: patterns such as `REG211` or `REG2*`. */
export interface Selection {
  /** @default - every code */
  readonly only?: readonly string[];
  /** @default - none */
  readonly skip?: readonly string[];
}

/** A code, or the beginning of codes with a star. */
export const CODE_PATTERN = /^REG(?:[1-9]\d{2}|\d{0,2}\*)$/;

/** Whether a code is selected. `skip` wins over `only`. */
export function selects({ only, skip = [] }: Selection, code: string): boolean {
  const among = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) =>
      pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern,
    );
  return (only === undefined || among(only)) && !among(skip);
}
