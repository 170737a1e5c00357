import type { Grammar } from './grammar';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';

/** Addresses in CIDR form (RFC 4632, RFC 4291 §2.3). A single address is a range too: `203.0.113.10/32`. */
export const IP_RANGE: Grammar = {
  allowed: "must be a range of addresses such as '10.42.0.0/16', '203.0.113.10/32' or 'fd00::/8'",
  code: 'REG660',
  pattern: new RegExp(
    `^(${OCTET}(\\.${OCTET}){3}/([0-9]|[12][0-9]|3[0-2])|[0-9a-f:]+/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))$`,
  ),
  maxLength: 43,
  accepts: (range) => !range.includes(':') || URL.canParse(`http://[${range.split('/')[0]}]/`),
};
