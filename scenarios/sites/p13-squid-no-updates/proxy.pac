// proxy.pac, given out by the group policy "Proxy"
function FindProxyForURL(url, host) {
  if (isPlainHostName(host) || dnsDomainIs(host, ".contoso.test")) return "DIRECT";
  return "PROXY proxy.contoso.test:3128";
}
