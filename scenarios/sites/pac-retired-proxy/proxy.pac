// proxy.pac
function FindProxyForURL(url, host) {
  if (isPlainHostName(host) || dnsDomainIs(host, ".contoso.test")) return "DIRECT";
  // Until the migration is done
  if (shExpMatch(host, "*.windows.net") || shExpMatch(host, "*.msappproxy.net"))
    return "PROXY old-proxy.contoso.test:8080";
  return "PROXY proxy.contoso.test:3128";
}
