import type { Fingerprint } from './pattern';
import { SENDING } from './pattern';

const DNS_ONLY = 'use a DNS-only registry host for pushes and pulls';

/** What Cloudflare answers itself; after its manual ("Cloudflare 5xx errors", "Challenges"). */
export const CLOUDFLARE_ROWS: readonly Fingerprint[] = [
  {
    id: 'cloudflare-body-limit',
    when: { status: 413, body: /<center>cloudflare/ },
    responder: 'cloudflare',
    meaning: 'it takes bodies up to 100 MB on common plans, and a layer is one body',
    next: DNS_ONLY,
    code: 'REG452',
  },
  {
    id: 'cloudflare-challenge',
    when: { status: [403, 429, 503], headers: { 'cf-mitigated': /./ } },
    responder: 'cloudflare',
    meaning: 'it wants a browser to solve a challenge',
    next: DNS_ONLY,
    code: 'REG452',
  },
  {
    id: 'cloudflare-block',
    when: {
      status: [403, 429, 503],
      body: /<center>cloudflare|<title>(Just a moment|Attention Required! \| Cloudflare|Access denied)/,
    },
    responder: 'cloudflare',
    meaning: 'it blocks the request',
    next: DNS_ONLY,
    code: 'REG452',
  },
  {
    id: 'cloudflare-page-head',
    when: {
      status: 403,
      method: /^HEAD$/,
      headers: { server: /^cloudflare$/i, 'content-type': /^text\/html/ },
    },
    responder: 'cloudflare',
    meaning: 'a page came in place of data: it, or something behind it, blocks the request',
    next: DNS_ONLY,
    code: 'REG452',
  },
  {
    id: 'cloudflare-timeout',
    when: { status: 524, method: SENDING },
    responder: 'cloudflare',
    meaning: 'it waits about 100 s for an answer, and the upload takes longer',
    next: DNS_ONLY,
    code: 'REG452',
  },
  {
    id: 'cloudflare-origin',
    when: { status: { from: 520, to: 530 }, headers: { server: /^cloudflare$/i } },
    responder: 'cloudflare',
    meaning: 'it got no good answer from the load balancer behind it',
    next: 'look at the ingress, its certificate and the firewall',
    code: 'REG210',
  },
];
