/** Ends of names that hold a secret, letters and digits only. */
const SECRET_END =
  /(pass|passwd|password|passphrase|pwd|secret|token|credential|auth|cookie|dsn|users|connstr|connectionstring|databaseurl|(private|api|access|secret|encryption|signing|account|hmac|ssh|license|jwt|deploy|storage|shared|master)key)s?$/;

/** First words of a name that make it the name of a Secret, or a switch. */
const REFERENCE =
  /^([Ee]xisting|EXISTING|[Aa]utomount|[Uu]se|USE|[Cc]reate|[Ee]nable|ENABLE|[Dd]isable|DISABLE|[Aa]llow|[Rr]equire|REQUIRE|[Hh]as|[Ii]s)(?=[A-Z_.-])/;

/** Lists of Secrets by name. */
const PULL_SECRETS = /^(image)?pullsecrets?$/;

/**
 * Whether a key of Helm values or app.ini, an option or a variable is named like a secret, in any style of writing.
 * Hiding a harmless value costs a little comfort, showing a secret costs all trust: this errs to one side only.
 */
export function isSecretName(name: string): boolean {
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return SECRET_END.test(letters) && !PULL_SECRETS.test(letters) && !REFERENCE.test(name);
}
