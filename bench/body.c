#include "body.h"
#include "wire.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
    "mairie", "conseil", "dossier", "budget", "école", "marché", "voirie", "cantine", "permis", "urbanisme",
    "accueil", "demande", "courrier", "signature", "réunion", "délibération", "subvention", "association", "salle",
    "élection", "registre", "archives", "entretien", "toiture", "éclairage", "travaux", "facture", "mandat", "titre",
    "bordereau", "la", "le", "de", "pour", "avec", "dans", "sur", "et", "une", "des", "les", "vous", "nous", "merci"};

static uint64_t next(uint64_t *state) /* splitmix64, by Sebastiano Vigna, public domain algorithm */
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static size_t add_text(char *at, size_t room, uint64_t *state)
{
    size_t length = 0;
    size_t column = 0;
    for (;;) {
        const char *word = words[next(state) % (sizeof words / sizeof *words)];
        size_t part = strlen(word);
        if (length + part + 3 > room)
            break;
        memcpy(at + length, word, part);
        length += part;
        column += part + 1;
        if (column > 68) {
            at[length++] = '\r';
            at[length++] = '\n';
            column = 0;
        } else
            at[length++] = ' ';
    }
    at[length++] = '\r';
    at[length++] = '\n';
    return length;
}

static size_t add_base64(char *at, size_t room, uint64_t *state)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t length = 0;
    while (length + 78 <= room) {
        for (int i = 0; i < 76; i++)
            at[length++] = letters[next(state) & 63];
        at[length++] = '\r';
        at[length++] = '\n';
    }
    return length;
}

static size_t size_of(const char *kind, size_t index)
{
    if (strcmp(kind, "small") == 0)
        return 8192 - 300; /* what the headers add */
    return index % 10 < 7 ? 8000 : index % 10 < 9 ? 60000 : 500000;
}

void bodies_init(struct bodies *bodies, const char *kind, uint64_t seed)
{
    for (size_t i = 0; i < BODY_POOL; i++) {
        size_t room = size_of(kind, i);
        char *bytes = malloc(room + 8);
        if (bytes == NULL)
            die("no memory for bodies");
        size_t length = add_text(bytes, room > 100000 ? 20000 : room, &seed);
        if (room > 100000)
            length += add_base64(bytes + length, room - length, &seed);
        bodies->bytes[i] = bytes;
        bodies->length[i] = length;
    }
}

size_t bodies_index(uint64_t number)
{
    return (size_t)(number * 7 % BODY_POOL);
}
