import type { Rule } from '../rule';
import { anonymousPull } from './anonymous-pull';
import { authorizationPasses } from './authorization-passes';
import { privateStaysPrivate } from './private-stays-private';
import { tokenCannotMint } from './token-cannot-mint';

/** Rules on logins, tokens and visibility, by code. */
export const ACCESS_RULES: readonly Rule[] = [
  anonymousPull,
  authorizationPasses,
  tokenCannotMint,
  privateStaysPrivate,
];
