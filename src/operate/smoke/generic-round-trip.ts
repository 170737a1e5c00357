import { ClientError } from '../../client/error';
import { GenericClient } from '../../client/generic/generic-client';
import type { GenericDownload } from '../../client/generic/download';
import { randomBody, sha256Of } from './random-bytes';
import type { SmokePlan, SmokeRun, Told } from './smoke-run';
import { PROBE_NAME, uncut } from './smoke-run';

const FILE = 'probe.bin';

/** A file need not be large to show that ranges work. */
const MOST_BYTES = 1024 * 1024;

/** Where the API is not, there is no generic registry: another product, or a host that routes only `/v2`. */
const NO_API = 'REG910';

/**
 * Uploads a generic file, reads a range and the whole of it, and compares. A registry without the packages API is
 * skipped.
 *
 * @throws ClientError REG475 when what comes back is not what was sent, else as {@link GenericClient}
 */
export async function genericRoundTrip(
  { target, version }: SmokeRun,
  { owner, size }: SmokePlan,
): Promise<Told> {
  const client = new GenericClient(target);
  const reference = { owner, name: PROBE_NAME, version };
  const body = randomBody(Math.min(size, MOST_BYTES));
  try {
    await new GenericClient(uncut(target)).put(reference, FILE, body);
  } catch (error) {
    if (error instanceof ClientError && error.code === NO_API) {
      return { status: 'skip', note: 'this host has no packages API' };
    }
    throw error;
  }
  const middle = Math.floor(body.length / 2);
  const sent = await bytesOf(body.open());
  const part = await bytesOf(bodyIn(await client.get(reference, FILE, { from: middle })));
  const whole = await sha256Of(bodyIn(await client.get(reference, FILE)));
  const hasRanges = part.equals(sent.subarray(middle));
  if (whole !== (await sha256Of(body.open())) || !(hasRanges || part.equals(sent))) {
    throw new ClientError(
      `the generic file '${FILE}' comes back changed: something on the way alters bodies`,
      'REG475',
    );
  }
  return {
    observed: `upload, ${hasRanges ? 'range' : 'whole'} download, sha256 equal`,
    ...(!hasRanges && { note: 'ranges are not served: a download that breaks off begins anew' }),
  };
}

function bodyIn(download: GenericDownload): AsyncIterable<Buffer> {
  if (download.kind === 'beyond-end') {
    throw new ClientError(
      `the generic file '${FILE}' comes back shorter than it was sent`,
      'REG475',
    );
  }
  return download.body;
}

async function bytesOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) {
    all.push(chunk);
  }
  return Buffer.concat(all);
}
