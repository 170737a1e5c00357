import { REDACTED } from '../../declaration/credential';

/** Shorter ones are part of ordinary words, and hiding them would show where they stand. */
const SHORTEST = 4;

/**
 * The credentials a transport has used. A server or proxy may send one back in any header; its shape alone does not
 * tell a password.
 */
export class KnownSecrets {
  private readonly texts = new Set<string>();

  /** Learns from a value of `Authorization`: of Basic also user, password and both (RFC 7617 §2). */
  public learn(authorization: string): void {
    const [, scheme = '', value = authorization] = /^(\S+) +(.+)$/.exec(authorization) ?? [];
    this.add(value);
    if (scheme.toLowerCase() === 'basic') {
      const pair = Buffer.from(value, 'base64').toString('utf8');
      this.add(pair);
      this.add(pair.slice(pair.indexOf(':') + 1));
    }
  }

  /** `text` without any of them: plain, base64, or percent-encoded. */
  public hide(text: string): string {
    let shown = text;
    for (const secret of this.texts) {
      shown = shown.includes(secret) ? shown.replaceAll(secret, REDACTED) : shown;
    }
    return shown;
  }

  private add(secret: string): void {
    if (secret.length < SHORTEST) {
      return;
    }
    const bytes = Buffer.from(secret);
    const escaped = encodeURIComponent(secret);
    const forms = [
      secret,
      bytes.toString('base64').replace(/=+$/, ''),
      bytes.toString('base64url'),
      escaped,
      encodeURI(secret),
      escaped.replace(/%../g, (escape) => escape.toLowerCase()),
      new URLSearchParams([['', secret]]).toString().slice(1),
    ];
    forms.forEach((form) => this.texts.add(form));
  }
}
