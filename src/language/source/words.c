#include "language/source/words.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "language/token.h"

bool word_has(struct str text, size_t at)
{
    unsigned char c = (unsigned char)text.at[at];
    if (c < 0x80)
        return token_is_letter(c);
    while (at > 0 && ((unsigned char)text.at[at] & 0xC0) == 0x80)
        at--;
    struct str rest = str_after(text, at);
    return token_is_letter(utf8_next(&rest));
}

bool word_ends(struct str text, size_t at)
{
    return at == 0 || at >= text.len || !word_has(text, at - 1) || !word_has(text, at);
}

bool word_has_digit(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (ascii_is_digit(text.at[i]))
            return true;
    return false;
}

/* Folded, in the order of their bytes. Our own list: what a French sentence is held together with. */
static const char *const empty[] = {
    "a", "afin", "ai", "aient", "ainsi", "alors", "apres", "au", "aucun", "aucune", "auquel", "aura", "auront",
    "aussi", "autre", "autres", "aux", "auxquels", "avait", "avant", "avec", "avez", "avoir", "avons", "ayant", "c",
    "ca", "car", "cas", "ce", "ceci", "cela", "celle", "celles", "celui", "ces", "cet", "cette", "ceux", "chacun",
    "chaque", "chez", "combien", "comme", "comment", "concerne", "consiste", "d", "dans", "de", "depuis", "des",
    "dessous", "dessus", "deviennent", "devient", "devons", "doit", "doivent", "donc", "dont", "du", "duquel",
    "elle", "elles", "en", "entre", "es", "est", "et", "etaient", "etait", "etant", "ete", "etes", "etre", "eu",
    "eux", "existe", "faire", "fait", "faut", "font", "ici", "il", "ils", "j", "je", "jusqu", "jusque", "l", "la",
    "laquelle", "le", "lequel", "les", "lesquelles", "lesquels", "leur", "leurs", "lors", "lorsqu", "lorsque",
    "lui", "m", "ma", "mais", "me", "meme", "memes", "mes", "moi", "mon", "n", "ne", "ni", "nos", "notre", "nous",
    "on", "ont", "ou", "par", "parce", "pas", "pendant", "peut", "peuvent", "peux", "plus", "pour", "pourquoi",
    "pouvez", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "s", "sa", "sans", "se",
    "selon", "sera", "seront", "sert", "ses", "si", "soi", "soit", "son", "sont", "sous", "suis", "sur", "t", "ta",
    "te", "tes", "toi", "ton", "tous", "tout", "toute", "toutes", "tu", "un", "une", "utilite", "va", "vers",
    "veut", "voici", "voila", "vont", "vos", "votre", "vous", "y",
};

static int compare_word(const void *key, const void *at)
{
    const struct str *word = key;
    return str_compare(*word, str_of(*(const char *const *)at));
}

bool word_is_empty(struct str folded)
{
    return bsearch(&folded, empty, sizeof empty / sizeof empty[0], sizeof empty[0], compare_word) != NULL;
}

struct str words_of_asking(struct str plain)
{
    static const struct str turns[] = {STR_INIT("se passe-t-il"), STR_INIT("se passe t il"), STR_INIT("arrive-t-il"),
                                       STR_INIT("veut dire"),     STR_INIT("c'est quoi"),    STR_INIT("quoi sert"),
                                       STR_INIT("ai-je le droit"), STR_INIT("ai-je droit"),  STR_INIT("j'ai le droit"),
                                       STR_INIT("j'ai droit"),    STR_INIT("a-t-on le droit"), STR_INIT("est-il vrai"),
                                       STR_INIT("puis-je"),       STR_INIT("dois-je"),       STR_INIT("j'aimerais"),
                                       STR_INIT("je voudrais"),   STR_INIT("je veux"),       STR_INIT("bonjour"),
                                       STR_INIT("s'il vous plait"), STR_INIT("merci")};
    struct str first = STR_NONE;
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++) {
        size_t at = str_find(plain, turns[i]);
        if (at != SIZE_MAX && (str_is_absent(first) || plain.at + at < first.at))
            first = str_slice(plain, at, at + turns[i].len);
    }
    return first;
}

enum question_kind question_kind_of(struct str plain)
{
    /* The first that stands in the question decides: the more exact ones come first. */
    static const struct {
        struct str words;
        enum question_kind kind;
    } marks[] = {
        {STR_INIT("combien de temps"), QUESTION_WHEN},  {STR_INIT("quel delai"), QUESTION_WHEN},
        {STR_INIT("quels delais"), QUESTION_WHEN},      {STR_INIT("quelle duree"), QUESTION_WHEN},
        {STR_INIT("quelle date"), QUESTION_WHEN},       {STR_INIT("quel age"), QUESTION_WHEN},
        {STR_INIT("quand"), QUESTION_WHEN},             {STR_INIT("combien"), QUESTION_HOW_MUCH},
        {STR_INIT("quel montant"), QUESTION_HOW_MUCH},  {STR_INIT("quel tarif"), QUESTION_HOW_MUCH},
        {STR_INIT("quel prix"), QUESTION_HOW_MUCH},     {STR_INIT("quel est le cout"), QUESTION_HOW_MUCH},
        {STR_INIT("ca coute"), QUESTION_HOW_MUCH},
        {STR_INIT("qu'est-ce"), QUESTION_WHAT},         {STR_INIT("a quoi sert"), QUESTION_WHAT},
        {STR_INIT("en quoi consiste"), QUESTION_WHAT},  {STR_INIT("quelle difference"), QUESTION_WHAT},
        {STR_INIT("peut-on"), QUESTION_WHETHER},        {STR_INIT("peut-il"), QUESTION_WHETHER},
        {STR_INIT("faut-il"), QUESTION_WHETHER},        {STR_INIT("doit-on"), QUESTION_WHETHER},
        {STR_INIT("t-il"), QUESTION_WHETHER},           {STR_INIT("t-on"), QUESTION_WHETHER},
        {STR_INIT("a-t-"), QUESTION_WHETHER},           {STR_INIT("a qui"), QUESTION_WHO},
        {STR_INIT("qui "), QUESTION_WHO},               {STR_INIT("comment"), QUESTION_HOW},
        {STR_INIT("que faire"), QUESTION_HOW},
    };
    if (str_starts(plain, STR("ou ")) || str_find(plain, STR(": ou ")) != SIZE_MAX)
        return QUESTION_WHERE;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_find(plain, marks[i].words) != SIZE_MAX)
            return marks[i].kind;
    return QUESTION_OTHER;
}
