/** Whether a name is one of the manual, and with it the default of the charts (`git.example.com`, RFC 2606). */
export function isExampleHost(name: string): boolean {
  return /(^|\.)example\.com$/.test(name);
}
