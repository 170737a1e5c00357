import type { Rule } from '../rule';
import { cleanupCron } from './cleanup-cron';
import { serveDirect } from './serve-direct';
import { storageHeadroom } from './storage-headroom';
import { storageSection } from './storage-section';

/** Rules on the package store, its volume and its upkeep, by code. */
export const STORAGE_RULES: readonly Rule[] = [
  storageHeadroom,
  storageSection,
  serveDirect,
  cleanupCron,
];
