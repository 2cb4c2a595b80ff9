#!/bin/sh
# Fetches what vendor.txt names with `npm pack`, makes the imports relative, writes vendor.lock.
# Needed only to change a version: the files are committed, and `go test` holds them to vendor.lock.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
mkdir -p licences
grep -v '^#' vendor.txt | while read -r out pkg src; do
  d="$tmp/$(echo "$pkg" | tr '/@' '__')"
  if [ ! -d "$d" ]; then
    mkdir "$d"
    (cd "$d" && npm pack --silent "$pkg" >/dev/null 2>&1 && tar xzf ./*.tgz)
    cat "$d"/package/LICENSE* > "licences/$(echo "$pkg" | tr '/' '_').txt"
  fi
  sed -E -e 's@//# sourceMappingURL=.*@@' \
    -e "s#(from|import) ?(['\"])@preact/signals-core['\"]#\1\2./signals-core.mjs\2#g" \
    -e "s#(from|import) ?(['\"])preact/hooks['\"]#\1\2./hooks.mjs\2#g" \
    -e "s#(from|import) ?(['\"])preact['\"]#\1\2./preact.mjs\2#g" \
    "$d/package/$src" > "$out"
  if grep -qE "(^|[;}]) ?(import|export) ?[{*[:alnum:]_\$][^'\"();]*from ?['\"][^./'\"]|(^|;)import ?['\"][^./'\"]" "$out"; then echo "bare import left in $out" >&2; exit 1; fi
  printf '%s  %s  %s  %s  sha512-%s\n' "$(sha256sum < "$out" | cut -d' ' -f1)" "$out" "$pkg" "$src" "$(openssl dgst -sha512 -binary "$d"/*.tgz | base64 | tr -d '\n')" >> "$tmp/lock"
done
mv "$tmp/lock" vendor.lock
