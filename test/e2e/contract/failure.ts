import { ClientError } from '../../../src/client/error';

/** The ClientError a promise rejects with; anything else fails the test. */
export async function failure(promise: Promise<unknown>): Promise<ClientError> {
  return promise.then(
    (value) => {
      throw new Error(`it was fulfilled with ${JSON.stringify(value)}`);
    },
    (error: unknown) => {
      if (error instanceof ClientError) {
        return error;
      }
      throw error;
    },
  );
}

/** Code of the ClientError a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return (await failure(promise)).code;
}
