import { looksLikeCredential, REDACTED } from '../declaration/credential';

/** Most characters of a server's text in a message. */
const SHOWN_CHARACTERS = 200;

/** ECMA-48 control sequences and operating system commands: what would move a cursor or colour a terminal. */
// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.?)/g;

/** Control characters and those that turn the direction of a line. */
const CONTROLS =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]+/g;

/**
 * Text that came from a server as it may stand in a message: one line, without control characters and escape codes,
 * bounded, and hidden as a whole when something in it is shaped like a credential.
 *
 * @param most most characters. @default 200
 */
export function serverText(text: string, most = SHOWN_CHARACTERS): string {
  const line = text.replace(ESCAPES, '').replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim();
  if ([text, line, text.replace(ESCAPES, '').replace(CONTROLS, '')].some(looksLikeCredential)) {
    return REDACTED;
  }
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : line;
}

/** What a body says: the message in an error document, the title of a page, or the text itself. */
export function saidBy(body: string, contentType = ''): string {
  if (body.trim() === '') {
    return 'an empty body';
  }
  if (isPage(body, contentType)) {
    const title = serverText(/<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? '', 80);
    return title === '' ? 'an HTML page' : `an HTML page titled '${title}'`;
  }
  return `'${serverText(messageIn(body) ?? body)}'`;
}

/** Whether a body is an HTML page: the answer of a browser's world. */
export function isPage(body: string, contentType = ''): boolean {
  return /^\s*(<!doctype html|<html)\b/i.test(body) || /^text\/html\b/i.test(contentType);
}

/** The message of an error document of the API (`message`, `errors`) or the registry (`errors[].code`). */
function messageIn(body: string): string | undefined {
  try {
    const { message, errors } = JSON.parse(body) as { message?: unknown; errors?: unknown };
    const parts = [message, ...(Array.isArray(errors) ? errors.map(errorText) : [])];
    const said = parts.filter((part): part is string => typeof part === 'string' && part !== '');
    return said.length === 0 ? undefined : said.join(': ');
  } catch {
    return undefined;
  }
}

function errorText(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) {
    return error;
  }
  const { code, message } = error as { code?: unknown; message?: unknown };
  return [code, message].filter((part) => typeof part === 'string' && part !== '').join(' ');
}
