import { InvalidArgumentError } from 'commander';
import { isRepository } from '../../doctor/hosting/repository';

/**
 * Reads `OWNER/REPO`.
 *
 * @throws InvalidArgumentError (exit 2)
 */
export function repositoryName(text: string): string {
  if (!isRepository(text)) {
    throw new InvalidArgumentError("give OWNER/REPO, such as 'platform/shop', without '.git'");
  }
  return text;
}
