#include "language/stem.h"

#include <libstemmer.h>
#include <stdlib.h>

#include "language/token.h"

enum { SHORTEST = 4 /* shorter words have no ending to lose */, STEPS_MAX = 4 };

struct stemmer {
    char word[TOKEN_MAX];
    struct sb_stemmer *snowball;
};

struct stemmer *stemmer_create(void)
{
    struct stemmer *stemmer = malloc(sizeof *stemmer);
    REQUIRE(stemmer != NULL);
    stemmer->snowball = sb_stemmer_new("french", "UTF_8");
    REQUIRE(stemmer->snowball != NULL);
    return stemmer;
}

void stemmer_destroy(struct stemmer *stemmer)
{
    if (stemmer == NULL)
        return;
    sb_stemmer_delete(stemmer->snowball);
    free(stemmer);
}

static bool is_word(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z')
            return false;
    return word.len >= SHORTEST && word.len <= TOKEN_MAX;
}

/* Plurals no rule gives. */
static const struct {
    struct str plural, stem;
} irregular[] = {{STR_INIT("travaux"), STR_INIT("travail")}, {STR_INIT("vitraux"), STR_INIT("vitrail")},
                 {STR_INIT("baux"), STR_INIT("bail")},       {STR_INIT("yeux"), STR_INIT("oeil")},
                 {STR_INIT("cieux"), STR_INIT("ciel")}};

/* Once: "deliberees" is "delibere", "delibere" is "deliber". */
static struct str step_of(struct stemmer *stemmer, struct str word)
{
    struct str singular = str_ends(word, STR("s")) ? str_slice(word, 0, word.len - 1) : word;
    if (str_ends(singular, STR("ee")) && singular.len >= SHORTEST)
        word = str_slice(singular, 0, singular.len - 1);
    const sb_symbol *at = sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word.at, (int)word.len);
    REQUIRE(at != NULL);
    return (struct str){(const char *)at, (size_t)sb_stemmer_length(stemmer->snowball)};
}

struct str stem_of(struct stemmer *stemmer, struct str word)
{
    if (!is_word(word))
        return word;
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (str_eq(word, irregular[i].plural))
            return irregular[i].stem;
    memcpy(stemmer->word, word.at, word.len);
    struct str stem = {stemmer->word, word.len};
    /* Snowball's own buffer may not be its input: each step starts from a copy. */
    for (int i = 0; i < STEPS_MAX && is_word(stem); i++) {
        struct str next = step_of(stemmer, stem);
        if (str_eq(next, stem))
            break;
        memcpy(stemmer->word, next.at, next.len);
        stem.len = next.len;
    }
    return stem;
}
