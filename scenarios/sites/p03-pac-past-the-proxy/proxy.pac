// proxy.pac, given out by the group policy "Proxy"
function FindProxyForURL(url, host) {
  if (isPlainHostName(host) || dnsDomainIs(host, ".contoso.test")) return "DIRECT";
  // Downloads in the clear do not need the proxy
  if (url.substring(0, 5) == "http:") return "DIRECT";
  return "PROXY proxy.contoso.test:3128";
}
