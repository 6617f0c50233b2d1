#include "language/source/quote.h"

#include "language/plain.h"
#include "language/source/sentence.h"
#include "language/token.h"

/* What a passage is worth: chosen on the choosing half of the questions (bench/README.md). */
static const struct {
    float words, headings, lead, first, early, kind, item, brief;
} worth = {.words = 1, .headings = 0.45F, .lead = 0.55F, .first = 0.1F, .early = 0.3F, .kind = 0.3F, .item = -0.05F,
           .brief = -0.3F};

/* What another passage must have to stand beside the best: its part of the best one's words, and be worth enough of
 * itself, or nearly as much. A lead is its publisher's own summary and stays whole. Chosen with the same half. */
static const float part_of_words = 0.4F, worth_enough = 1, worth_less = 0.4F;
/* Of two that are worth as much, or nearly, the one stands first that its publisher wrote first. */
static const float worth_alike = 0.2F;

enum { BRIEF_LEN = 30 };

struct passages {
    const struct library *library;
    const struct question *question;
    const uint8_t *marks;
    struct source source;
    uint32_t number;
    struct buf plain;
    struct quote best[QUOTES_MAX];
    size_t count;
    uint64_t heading_slots;
    size_t since_heading, seen; /* passages */
    bool is_lead_seen;
};

static uint64_t slots_of(struct passages *passages, struct str text)
{
    uint64_t slots = 0;
    struct str rest, token;
    buf_clear(&passages->plain);
    plain_write(&passages->plain, text);
    rest = buf_str(&passages->plain);
    while (token_next(&rest, &token)) {
        int64_t word = library_word_of(passages->library, token);
        if (word != LIBRARY_NONE && passages->marks[word] != 0)
            slots |= (uint64_t)1 << (passages->marks[word] - 1);
    }
    return slots;
}

static bool has_any(struct str plain, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_find(plain, words[i]) != SIZE_MAX)
            return true;
    return false;
}

/* Does the passage, in passages->plain, have what was asked for? */
static bool is_of_kind(const struct passages *passages)
{
    static const struct str times[] = {STR_INIT("jour"),  STR_INIT("mois"),  STR_INIT(" an"),   STR_INIT("semaine"),
                                       STR_INIT("delai"), STR_INIT("avant"), STR_INIT("apres"), STR_INIT("duree"),
                                       STR_INIT("heure"), STR_INIT("date"),  STR_INIT("age")};
    static const struct str sums[] = {STR_INIT("€"),     STR_INIT("euro"),    STR_INIT("%"),     STR_INIT("gratuit"),
                                      STR_INIT("tarif"), STR_INIT("montant"), STR_INIT("frais"), STR_INIT("fixe")};
    static const struct str places[] = {STR_INIT("mairie"),   STR_INIT("prefecture"), STR_INIT("tribunal"),
                                        STR_INIT("consulat"), STR_INIT("aupres"),     STR_INIT("adresse"),
                                        STR_INIT("en ligne"), STR_INIT("domicile"),   STR_INIT("lieu")};
    static const struct str answers[] = {STR_INIT("oui"),     STR_INIT("non"),       STR_INIT("peut"),
                                         STR_INIT("pouvez"),  STR_INIT("doit"),      STR_INIT("devez"),
                                         STR_INIT("possible"), STR_INIT("interdit"), STR_INIT("obligatoire")};
    static const struct str is[] = {STR_INIT(" est un"), STR_INIT(" est une"), STR_INIT(" est le"), STR_INIT(" est la"),
                                    STR_INIT("permet"),  STR_INIT("consiste"), STR_INIT("designe"),
                                    STR_INIT("il s'agit")};
    static const struct str acts[] = {STR_INIT("devez"), STR_INIT("pouvez"), STR_INIT("faut"), STR_INIT("demande"),
                                      STR_INIT("adress"), STR_INIT("doit")};
    struct str plain = buf_str(&passages->plain);
    switch (passages->question->kind) {
    case QUESTION_WHEN: return has_any(plain, times, sizeof times / sizeof times[0]);
    case QUESTION_HOW_MUCH: return word_has_digit(plain) && has_any(plain, sums, sizeof sums / sizeof sums[0]);
    case QUESTION_WHERE: return has_any(plain, places, sizeof places / sizeof places[0]);
    case QUESTION_WHAT: return has_any(plain, is, sizeof is / sizeof is[0]);
    case QUESTION_WHETHER: return has_any(plain, answers, sizeof answers / sizeof answers[0]);
    case QUESTION_HOW: return has_any(plain, acts, sizeof acts / sizeof acts[0]);
    case QUESTION_WHO:
    case QUESTION_OTHER: break;
    }
    return false;
}

static void judge(struct passages *passages, enum source_kind kind, struct quote *quote)
{
    struct str text = quote->text;
    const struct question *question = passages->question;
    uint64_t slots = slots_of(passages, text);
    float own = question_cover(question, slots), above = question_cover(question, passages->heading_slots & ~slots);
    float score = quote->cover = worth.words * own + worth.headings * above;
    score += kind == SOURCE_LEAD ? worth.lead : 0;
    score += passages->since_heading == 0 ? worth.first : 0;
    score += worth.early / (float)(1 + passages->seen);
    score += is_of_kind(passages) ? worth.kind : 0;
    score += kind == SOURCE_ITEM ? worth.item : 0;
    quote->score = score + (text.len < BRIEF_LEN ? worth.brief : 0);
}

static bool is_known(const struct passages *passages, struct str text)
{
    for (size_t i = 0; i < passages->count; i++)
        if (str_eq(passages->best[i].text, text))
            return true;
    return false;
}

static void add_passage(struct passages *passages, size_t block, struct str text)
{
    if (text.len > QUOTE_LEN_MAX || passages->seen >= QUOTE_PASSAGES_MAX || is_known(passages, text))
        return;
    struct quote quote = {.source = passages->number, .text = text, .block = block,
                          .offset = (size_t)(text.at - passages->source.text.at)};
    judge(passages, passages->source.blocks[block].kind, &quote);
    passages->since_heading++;
    passages->seen++;
    if (passages->count == QUOTES_MAX && passages->best[QUOTES_MAX - 1].score >= quote.score)
        return;
    size_t at = passages->count < QUOTES_MAX ? passages->count++ : QUOTES_MAX - 1;
    for (; at > 0 && passages->best[at - 1].score < quote.score; at--)
        passages->best[at] = passages->best[at - 1];
    passages->best[at] = quote;
}

static void read_headings(struct passages *passages, size_t block)
{
    size_t headings[SOURCE_LEVEL_MAX];
    size_t count = source_headings(&passages->source, block + 1, headings);
    passages->heading_slots = 0;
    passages->since_heading = 0;
    for (size_t i = 0; i < count; i++)
        passages->heading_slots |= slots_of(passages, source_block_text(&passages->source, headings[i]));
}

/* Cells up to the next that stands in the first column. */
static size_t end_of_row(const struct source *source, size_t block)
{
    size_t end = block + 1;
    while (end < source->block_count && source->blocks[end].kind == SOURCE_CELL && source->blocks[end].level > 0)
        end++;
    return end;
}

static void read_passages(struct passages *passages)
{
    const struct source *source = &passages->source;
    for (size_t block = 0; block < source->block_count; block++) {
        enum source_kind kind = source->blocks[block].kind;
        struct str text = source_block_text(source, block), sentence;
        if (kind == SOURCE_HEADING)
            read_headings(passages, block);
        if (!source_is_quotable(kind))
            continue;
        if (kind == SOURCE_CELL) {
            size_t end = end_of_row(source, block);
            struct str last = source_block_text(source, end - 1);
            add_passage(passages, block, str_span(text.at, last.at + last.len));
            block = end - 1;
            continue;
        }
        while (sentence_next(&text, &sentence))
            add_passage(passages, block, sentence);
    }
}

static bool stands_beside_best(const struct passages *passages, const struct quote *quote)
{
    const struct quote *best = &passages->best[0];
    if (quote == best || passages->source.blocks[quote->block].kind == SOURCE_LEAD)
        return true;
    return quote->cover >= part_of_words * best->cover &&
           (quote->score >= worth_enough || quote->score >= best->score - worth_less);
}

static bool stands_before(const struct quote *one, const struct quote *two)
{
    return one->offset < two->offset ? one->score >= two->score - worth_alike : one->score > two->score + worth_alike;
}

enum status quote_find(struct arena *arena, const struct library *library, const struct question *question,
                       uint32_t source, struct quote quotes[QUOTES_MAX], size_t *ret_count)
{
    struct passages passages = {.library = library, .question = question, .number = source,
                                .source = library_source(library, source),
                                .plain = BUF_INIT(3 * SOURCE_TEXT_MAX + 16)};
    uint8_t *marks;
    TRY(question_mark(arena, library, question, &marks));
    passages.marks = marks;
    read_passages(&passages);
    buf_finish(&passages.plain);
    *ret_count = 0;
    for (size_t i = 0; i < passages.count; i++) {
        if (!stands_beside_best(&passages, &passages.best[i]))
            continue;
        size_t at = (*ret_count)++;
        for (; at > 0 && stands_before(&passages.best[i], &quotes[at - 1]); at--)
            quotes[at] = quotes[at - 1];
        quotes[at] = passages.best[i];
    }
    return OK;
}
