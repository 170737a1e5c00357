/**
 * Texts that stand for a secret without being one: expressions of templates (`{{ }}`, `${ }`, `$( )`, GitHub's and
 * Argo's), of vals (`ref+`) and argocd-vault-plugin (`<path:…>`), ciphertexts of SOPS and age, words in place of a
 * value.
 */
const STAND_INS: readonly RegExp[] = [
  /\{\{/,
  /\$\{/,
  /\$\(/,
  /(^|[^a-z])ref\+[a-z]/,
  /^ENC\[/,
  /^-----BEGIN AGE ENCRYPTED FILE-----/,
  /^<[^<>]*>$/,
  /^(replace[-_ ]?me|replaced|redacted|placeholder|removed|dummy|todo|null|none)$/i,
  /^‹[^‹›]*›$/,
  /^([*x•.-])\1{2,}$/i,
];

/** Whether a text holds nothing to keep secret: it is empty, a reference, a ciphertext or a placeholder. */
export function isStandIn(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '' || STAND_INS.some((shape) => shape.test(trimmed));
}
