/** Whether a text is filled in later (envsubst, Flux, Helm, Argo): what it will say cannot be judged here. */
export function isTemplate(text: string): boolean {
  return /\$|\{\{/.test(text);
}
