/** Whether a values file is encrypted with SOPS, by the naming convention of its `.sops.yaml`. */
export function isEncrypted(file: string): boolean {
  return /\.sops\.ya?ml$/.test(file);
}
