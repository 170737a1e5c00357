import type { Rule } from '../rule';
import { canonicalHost } from './canonical-host';
import { certificateStable } from './certificate-stable';
import { hostForm } from './host-form';
import { nodeTrustsIssuer } from './node-trusts-issuer';
import { ownCertificate } from './own-certificate';
import { sanCoversHost } from './san-covers-host';
import { speaksTls } from './speaks-tls';

/** Rules on names, certificates and trust, by code. */
export const NAME_RULES: readonly Rule[] = [
  canonicalHost,
  hostForm,
  speaksTls,
  ownCertificate,
  sanCoversHost,
  nodeTrustsIssuer,
  certificateStable,
];
