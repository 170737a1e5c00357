import type { Rule } from '../rule';
import { linkName } from './link-name';
import { linkPackage } from './link-package';
import { linkRepository } from './link-repository';
import { linkRoute } from './link-route';
import { linkUnit } from './link-unit';
import { packageLinked } from './package-linked';

/** Rules on links between packages and repositories, by code. */
export const LINK_RULES: readonly Rule[] = [
  linkRoute,
  linkName,
  linkPackage,
  linkRepository,
  linkUnit,
  packageLinked,
];
