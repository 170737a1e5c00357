#!/usr/bin/env bash
# Upgrades the live Gitea release with the decrypted values, then the overlay; run by `make gitea-deploy`.
set -euo pipefail
# Inherited, each of these would show the decrypted values: in a trace, in the environment of a child,
# in what `helm upgrade` prints.
set +o xtrace +o allexport
unset values HELM_DEBUG

readonly BACKUP='a verified backup of database and /data/packages'
readonly CONFIRM="make gitea-deploy BACKUP_BY='YOUR NAME' BACKUP_DATE=YYYY-MM-DD"
readonly TABLE_HEAD='| when (UTC) | release | revision | chart version | sha256 of the overlay | backup |'

say() { printf 'gitea-deploy: %s\n' "$*" >&2; }

refuse() {
  say "refused: $*"
  exit 2
}

require_settings() {
  local name
  for name in RELEASE NAMESPACE CHART CHART_VERSION SECRET_VALUES OVERLAY CHANGES; do
    [[ -n "${!name:-}" ]] || refuse "$name is not set; run this as make gitea-deploy"
  done
  [[ "${DRY_RUN:-1}" == 1 ]] || refuse "DRY_RUN '$DRY_RUN' must be 1 or unset"
}

require_tools() {
  local tool
  for tool in sops helm; do
    command -v "$tool" >/dev/null || refuse "$tool is not installed; install it, then run this again"
  done
  command -v sha256sum >/dev/null || command -v shasum >/dev/null ||
    refuse 'neither sha256sum nor shasum is installed; install one, then run this again'
}

require_overlay() {
  [[ -f "$OVERLAY" && -s "$OVERLAY" ]] ||
    refuse "overlay '$OVERLAY' must be a non-empty file; render it with npm run synth"
}

# Fed by a pipe and read to its end: a here-string may be a file on disk, leaving early fails the pipe.
has_gitea_map() {
  awk '
    open && !/^[ \t]*(#|$)/ { if (/^ +[^ }-].*:/) found = 1; open = 0 }
    /^gitea:([ \t]|$)/ {
      sub(/^gitea:[ \t]*/, "")
      if (/^[{][ \t]*[^} \t#]/) found = 1
      open = /^[{]?[ \t]*(#|$)/
    }
    END { exit !found }'
}

# One line "namespace revision" for each live release named RELEASE.
live_releases() {
  helm list --all-namespaces --filter "^${RELEASE}\$" --output json |
    awk -v RS='}' -v release="$RELEASE" '
      function field(key) {
        if (!match($0, "\"" key "\"[ \t\r\n]*:[ \t\r\n]*\"?[^\",}]*")) return ""
        key = substr($0, RSTART, RLENGTH)
        sub(/^[^:]*:[ \t\r\n]*"?/, "", key)
        return key
      }
      field("name") == release { print field("namespace"), field("revision") }'
}

require_one_release_here() {
  local namespaces
  [[ -n "$1" ]] ||
    refuse "no live release is named '$RELEASE'; this Makefile upgrades an existing release, it never installs" \
      'one: check RELEASE, and the cluster with kubectl config current-context'
  namespaces="$(cut -d ' ' -f 1 <<<"$1" | paste -s -d ' ' -)"
  [[ "$namespaces" != *' '* ]] ||
    refuse "releases named '$RELEASE' live in several namespaces ($namespaces);" \
      'find out which one serves, then uninstall the stray one'
  [[ "$namespaces" == "$NAMESPACE" ]] ||
    refuse "release '$RELEASE' lives in namespace '$namespaces', not in '$NAMESPACE';" \
      "if that is the one you mean, run: make gitea-deploy NAMESPACE=$namespaces"
}

is_calendar_date() {
  [[ "$1" =~ ^([0-9]{4})-([0-9]{2})-([0-9]{2})$ ]] || return 1
  local year=$((10#${BASH_REMATCH[1]})) month=$((10#${BASH_REMATCH[2]})) day=$((10#${BASH_REMATCH[3]}))
  local lengths=(0 31 28 31 30 31 30 31 31 30 31 30 31)
  if ((year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))); then lengths[2]=29; fi
  ((month >= 1 && month <= 12 && day >= 1 && day <= lengths[month]))
}

confirm_backup() {
  BACKUP_BY="${BACKUP_BY:-}" BACKUP_DATE="${BACKUP_DATE:-}"
  if [[ -t 0 && (-z "$BACKUP_BY" || -z "$BACKUP_DATE") ]]; then
    say "an upgrade needs $BACKUP"
    [[ -n "$BACKUP_BY" ]] || read -r -p 'confirmed by (your name): ' BACKUP_BY || true
    [[ -n "$BACKUP_DATE" ]] || read -r -p 'date of that backup (YYYY-MM-DD): ' BACKUP_DATE || true
  fi
  [[ "$BACKUP_BY" == *[![:space:]]* && -n "$BACKUP_DATE" ]] ||
    refuse "nobody confirmed $BACKUP; make and verify one, then run: $CONFIRM"
  [[ "$BACKUP_BY" != *[[:cntrl:]\|]* ]] ||
    refuse "BACKUP_BY must be a name on one line, without control characters and '|'; run: $CONFIRM"
  is_calendar_date "$BACKUP_DATE" ||
    refuse "BACKUP_DATE '$BACKUP_DATE' must be a date such as 2025-01-31; run: $CONFIRM"
  local today
  today="$(date -u +%F)"
  [[ ! "$BACKUP_DATE" > "$today" ]] ||
    refuse "BACKUP_DATE '$BACKUP_DATE' must not be in the future (today is $today in UTC);" \
      'give the date of a backup that exists'
}

explain_failure() {
  say "helm upgrade failed; nothing is recorded in $CHANGES"
  say "look: helm history $RELEASE --namespace $NAMESPACE"
  say "back to revision $1: helm rollback $RELEASE $1 --namespace $NAMESPACE" \
    '(rolls back neither the database nor /data/packages)'
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -c 1-64
}

# `|| return`: errexit is off in a function whose failure the caller handles.
record() {
  mkdir -p "$(dirname "$CHANGES")" || return
  if [[ ! -s "$CHANGES" ]]; then
    printf '# Upgrades of the live release\n\n%s\n%s\n' "$TABLE_HEAD" '|---|---|---|---|---|---|' \
      >"$CHANGES" || return
  fi
  [[ -z "$(tail -c 1 "$CHANGES")" ]] || printf '\n' >>"$CHANGES" || return
  printf '%s\n' "$1" >>"$CHANGES"
}

require_settings
require_tools
require_overlay

values="$(sops --decrypt "$SECRET_VALUES")" ||
  refuse "sops could not decrypt '$SECRET_VALUES'; see its message above, then run this again"
printf '%s\n' "$values" | has_gitea_map ||
  refuse "'$SECRET_VALUES' decrypts to no non-empty map 'gitea:', so an upgrade would put the live release" \
    "back to the chart's defaults; restore the file, then run this again"

live="$(live_releases)" ||
  refuse 'helm could not list the live releases; see its message above, then run this again'
require_one_release_here "$live"
revision="${live#* }"
say "live release $NAMESPACE/$RELEASE, revision $revision"

confirm_backup

upgrade=(helm upgrade "$RELEASE" "$CHART" --version "$CHART_VERSION" --namespace "$NAMESPACE")
if [[ -n "${DRY_RUN:-}" ]]; then
  say 'every check passed; dry run: nothing is upgraded, nothing recorded'
  echo "${upgrade[*]} -f <decrypted $SECRET_VALUES> -f $OVERLAY"
  exit 0
fi

overlay_sum="$(sha256 "$OVERLAY")"
"${upgrade[@]}" -f <(printf '%s\n' "$values") -f "$OVERLAY" || {
  status=$?
  explain_failure "$revision"
  exit "$status"
}

revision='unknown'
if live="$(live_releases)" && [[ "$live" =~ ^"$NAMESPACE "([0-9]+)$ ]]; then
  revision="${BASH_REMATCH[1]}"
fi
row="| $(date -u '+%F %R') | $NAMESPACE/$RELEASE | $revision | $CHART_VERSION | $overlay_sum"
row+=" | of $BACKUP_DATE, confirmed by $BACKUP_BY |"
record "$row" || {
  say "the release is upgraded, but '$CHANGES' could not be written; add this row by hand: $row"
  exit 1
}
say "revision $revision is live; recorded in $CHANGES"
