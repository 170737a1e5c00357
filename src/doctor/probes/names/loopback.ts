/** Whether a host names this machine only: docker and containerd speak http to it, and no other machine gets there. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}
