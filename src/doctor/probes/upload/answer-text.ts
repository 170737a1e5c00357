import type { ClientError } from '../../../client/error';
import { RESPONDER_NAMES } from '../../../client/fingerprints/responder-name';
import type { NoSession, RefusedAnswer } from '../../observe/upload-session';
import { withoutCode } from '../route/shown';

/** `HTTP 404 'Not found.' by the registry` */
export function answerText({ status, said, reading }: RefusedAnswer): string {
  return `HTTP ${status} ${said} by ${RESPONDER_NAMES[reading.responder]}`;
}

/** Why no answer came to an upload; the name of its session, another one in each run, is left out. */
export function lossText(error: ClientError): string {
  return withoutCode(error).replace(/(\/blobs\/uploads)\/[^\s?']+/, '$1/…');
}

/** Why a limit was not looked at. */
export function noSessionText(attempt: NoSession): string {
  const why = attempt.kind === 'refused' ? answerText(attempt) : lossText(attempt.error);
  return `an upload session: ${why}`;
}
