#!/bin/sh
# A helper for `auth_param ntlm` and `auth_param negotiate` that accepts nobody: the lab has no domain. It
# goes through the rounds of NTLM all the same: whoever begins gets a challenge, and a no to its answer.
challenge=TlRMTVNTUAACAAAABgAGADAAAAAFgoIAbGFiLWxhYi0AAAAAAAAAAA4ADgA2AAAATABBAEIAAgAGAEwAQQBCAAAAAAA=
while read -r round token; do
  case "$round $token" in
    "YR TlRMTVNTUAAB"*) echo "TT $challenge" ;;
    KK*) echo "NA the lab has no domain" ;;
    *) echo "BH the lab has no domain" ;;
  esac
done
