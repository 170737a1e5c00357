import type { Rule } from '../rule';
import { acmeBudget } from './acme-budget';
import { certificateExplicit } from './certificate-explicit';
import { certificateProducer } from './certificate-producer';
import { giteaReady } from './gitea-ready';
import { jobsRestricted } from './jobs-restricted';
import { networkPolicy } from './network-policy';
import { objectForm } from './object-form';
import { pullSecretForm } from './pull-secret-form';
import { pullSecretKey } from './pull-secret-key';
import { pullSecretPresent } from './pull-secret-present';
import { pullSecretReferenced } from './pull-secret-referenced';
import { secretSync } from './secret-sync';
import { secretsByReference } from './secrets-by-reference';
import { solverAfterRedirect } from './solver-after-redirect';
import { solverClass } from './solver-class';
import { solverNotHijacked } from './solver-not-hijacked';
import { solverOnWeb } from './solver-on-web';

/** Rules of this block, by code. */
export const OBJECT_RULES: readonly Rule[] = [
  pullSecretPresent,
  pullSecretReferenced,
  pullSecretForm,
  pullSecretKey,
  secretsByReference,
  secretSync,
  certificateProducer,
  certificateExplicit,
  solverClass,
  solverOnWeb,
  solverAfterRedirect,
  solverNotHijacked,
  acmeBudget,
  giteaReady,
  jobsRestricted,
  networkPolicy,
  objectForm,
];
