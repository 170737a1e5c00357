import { FINGERPRINTS } from '../../../client/fingerprint';
import type { Fingerprint } from '../../../client/fingerprints/pattern';

/** Codes of the answers somebody may give to an upload, as the fingerprint table has them. */
export const ANSWERED_CODES: readonly string[] = [
  ...new Set(FINGERPRINTS.filter(isOfUploads).map(({ code }) => code)),
].sort();

/** Codes for no answer, and for what the client refuses: names, connection, realm, credential, a session elsewhere. */
export const UNANSWERED_CODES: readonly string[] = [
  ...['REG112', 'REG113', 'REG120', 'REG122', 'REG123', 'REG124', 'REG210', 'REG212'],
  ...['REG240', 'REG241', 'REG310', 'REG311', 'REG312', 'REG314', 'REG320', 'REG470'],
];

function isOfUploads({ when: { surface, method } }: Fingerprint): boolean {
  return (
    (surface === undefined || [surface].flat().includes('v2')) &&
    (method === undefined || method.test('POST') || method.test('PATCH'))
  );
}
