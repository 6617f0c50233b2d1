#!/bin/sh
# sample_year.sh DATA: works in the year of beauval's budget as its clerks would, by the pages of a parvis that serves DATA:
# rights, delegations, third parties, the credits opened, what is engaged, invoiced, ordered, signed, and what waits.
# It ends at the first page that refuses, with what that page says.
set -eu
cd "$(dirname "$0")/.."
data=$1
parvis="build/parvis -d $data"
origin=http://beauval.localhost:$(sed -n 's/^listen.web = .*://p' "$data/addresses.txt")
work=$data/year
export TZ=Europe/Paris
year=$(date +%Y)
today=$(date +%F)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"

# day DAYS: so many days ago, but of this year.
day() { date -d "$1 days ago" +%F | awk -v first="$year-01-01" '{print ($0 < first ? first : $0)}'; }

# get WHO PATH [WORDS OF CURL]
get() {
    jar=$work/$1 path=$2
    shift 2
    curl -sS --max-time 60 -b "$jar" -c "$jar" -H 'Accept-Language: fr' "$@" "$origin$path"
}

# hidden ACTION: what the first form of the page with that action holds unseen, a name=value a line.
hidden() {
    tr '\n' ' ' | sed 's/<form /\n<form /g; s/<\/form>/<\/form>\n/g' | grep '^<form [^>]*method="post"' |
        grep "^<form [^>]*action=\"$1\"" | head -n 1 | grep -o '<input type="hidden"[^>]*>' |
        sed 's/.* name="\([^"]*\)" value="\([^"]*\)".*/\1=\2/'
}

# What the page says that came instead of the one after it.
refused() { echo "$1: $(tr '\n' ' ' <"$work/page" | sed 's/.*role="alert"//; s/<[^>]*>/ /g' | head -c 600)" >&2; }

# press WHO PAGE ACTION [NAME=VALUE]...: fills in a form of that page and sends it; `at` is the page it leads to.
press() {
    who=$1 page=$2 action=$3
    shift 3
    for field in $(get "$who" "$page" | hidden "$action"); do set -- "$@" "$field"; done
    count=$#
    while [ "$count" -gt 0 ]; do
        set -- "$@" --data-urlencode "$1"
        shift
        count=$((count - 1))
    done
    at=$(get "$who" "$action" -o "$work/page" -w '%{redirect_url}' "$@")
    at=${at#"$origin"}
    [ -n "$at" ] || { refused "$action"; exit 1; }
    at=${at%%\?*}
}

sign_in() {
    secret=$(awk -v who="$1@beauval.example" '$1 == who {print $3}' "$data/sample-accounts.txt")
    press "$1" /sign-in /sign-in "login=$1@beauval.example" "password=$secret"
}

# allow WHO RIGHT...: 1 read, 2 prepare, 4 engage, 8 attest, 16 order, 32 sign (right.h).
allow() {
    address=$1@beauval.example
    shift
    for right; do set -- "$@" "right=$right" && shift; done
    press administration "/accounting/people?f=$address" /accounting/people "$@"
}

# delegate NAME [FIELD=VALUE]...: "head" is the ordonnateur's.
delegate() {
    person=$(get administration /accounting/services | grep -o "<option value=\"[0-9]*\">$1<" | grep -o '[0-9]*' | head -n 1)
    shift
    press administration /accounting/services /accounting/services/signatory "person=$person" \
        "since=$year-01-01" until= "$@"
}

# ---- who may do what ----
for who in administration maire finances ecoles urbanisme; do sign_in "$who"; done
allow administration 1 2
allow maire 1 32
allow finances 1 2 4 16
allow ecoles 1 4 8
allow urbanisme 1 4 8
unit() { press administration /accounting/services /accounting/services/add "code=$1" "name=$2"; }
unit ECO 'Écoles et cantine'
unit TEC 'Bâtiments et voirie'
delegate Maire head=yes right=4 right=8 right=16 right=32 unit=0 limit=0 reference=
delegate 'Service finances' right=4 right=16 unit=0 limit=0 "reference=arrêté $year-01"
delegate 'Affaires scolaires' right=4 right=8 unit=1 "limit=5 000" "reference=arrêté $year-02"
delegate Urbanisme right=4 right=8 unit=0 "limit=90 000" "reference=arrêté $year-03"
$parvis accounting import-parties beauval <package/sample/year/tiers.csv >/dev/null
for party in 1 2 3; do
    press administration "/accounting/parties/$party" "/accounting/parties/$party/accounts/$party/confirm"
done

# ---- the year: voted, opened, shown to everybody ----
act=$(get administration /accounting/acts | grep -o "href=\"/accounting/acts/[0-9]*\">[^<]*$year" | head -n 1 |
    sed 's/.*acts\/\([0-9]*\).*/\1/')
press finances "/accounting/acts/$act" "/accounting/acts/$act/open"
here=$at
press administration "/accounting/acts/$act" "/accounting/acts/$act/publish"

# engage WHO OBJECT PARTY ACCOUNT FUNCTION UNIT AMOUNT: `at` is the engagement.
engage() {
    press "$1" "$here/engage" "$here/engage" "object=$2" "party=$3" "account=$4" "function=$5" "unit=$6" \
        "amount=$7" "day=$(day 40)" reference=
}
# attest WHO ENGAGEMENT AMOUNT DAY
attest() { press "$1" "$2" "$2/attest" "day=$4" "amount=$3" note=; }
# bill OBJECT'S NUMBER, DAY, PARTY, ENGAGEMENT, NET, TAX: `at` is the invoice.
bill() {
    press finances "$here/bill" "$here/bill" "number=$1" "issued=$2" "received=$2" "party=$3" "engagement=$4" "net=$5" \
        "tax=$6" iban=
}
order() { press "$1" "$2" "$2/order" "object=$4" "day=$today" "amount=$3" nature=; }

# ---- signed: electricity; then a bordereau that waits for the mayor ----
engage finances 'Électricité des bâtiments' 'Énergies du lac (exemple)' 60612 020 TEC '14 400'
attest urbanisme "$at" '3 612,48' "$(day 22)"
bill ELEC-1 "$(day 20)" 'Énergies du lac (exemple)' 1 '3010,40' '602,08'
order finances "$at" '3 612,48' 'Électricité des bâtiments'
press finances "$here/orders" "$here/slip" "piece=${at##*/}"
press maire "$at" "$at/sign"

engage ecoles 'Repas de la cantine' 'Cuisine des trois villages (exemple)' 60623 281 ECO '4 800'
attest ecoles "$at" '4 300' "$(day 14)"
bill REPAS-1 "$(day 12)" 'Cuisine des trois villages (exemple)' 2 '4300' '0'
order finances "$at" '4 300' 'Repas de la cantine'
press finances "$here/orders" "$here/slip" "piece=${at##*/}"

# ---- what waits: a mandat for its bordereau, an invoice for its mandat, another for its match and its bank account ----
engage urbanisme 'Travaux de voirie' 'Travaux du pays (exemple)' 615231 845 TEC '18 600'
attest urbanisme "$at" '13 200' "$(day 27)"
bill VOIRIE-1 "$(day 6)" 'Travaux du pays (exemple)' 3 '8000' '1600'
order finances "$at" '9 600' 'Travaux de voirie'
bill VOIRIE-2 "$(day 26)" 'Travaux du pays (exemple)' 3 '3000' '600'
engage urbanisme 'Toiture de l’école' 'Travaux du pays (exemple)' 2131 212 TEC '72 000'
engage ecoles 'Fournitures scolaires' '' 60632 212 ECO '1 848'
attest ecoles "$at" '1 848' "$(day 3)"
sed "s/DAY/$today/; s/ENGAGEMENT/5/" package/sample/year/facture.xml >"$work/facture.xml"
$parvis accounting import-invoice beauval "$work/facture.xml" >/dev/null

# ---- receipts: a titre in a signed bordereau, another that waits ----
title() {
    press finances "$here/title" "$here/title" "object=$1" 'party=Département (exemple)' "account=$2" "function=$3" \
        "amount=$4" "day=$today" unit= "product=$5"
}
title 'Participation à l’école de musique' 74718 331 '14 000' SUBV
press finances "$here/titles" "$here/slip?receipt=1" "piece=${at##*/}"
press maire "$at" "$at/sign"
title 'Loyer du bureau de l’emploi' 752 551 '3 083,33' LOYE
