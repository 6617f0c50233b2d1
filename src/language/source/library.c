#include "language/source/library.h"

#include <stdalign.h>

#include "language/source/library_image.h"
#include "language/token.h"

enum { REPAIR_LETTERS_MIN = 4, REPAIR_TWICE_MIN = 9, REPAIR_LETTERS_MAX = 24 };

/* ---- opening: every number within its table ---- */

static bool slice_fits(const struct library *library, struct library_slice slice)
{
    return slice.from <= library->strings.len && slice.len <= library->strings.len - slice.from;
}

static bool range_fits(uint64_t from, uint64_t count, uint64_t total)
{
    return from <= total && count <= total - from;
}

static bool source_fits(const struct library *library, const struct library_source *at)
{
    const struct library_slice *slices[] = {&at->id,  &at->title,     &at->theme,   &at->date,
                                            &at->url, &at->publisher, &at->licence, &at->text};
    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++)
        if (!slice_fits(library, *slices[i]))
            return false;
    if (!range_fits(at->block_from, at->block_count, library->block_count) ||
        !range_fits(at->title_from, (uint64_t)at->title_count + at->field_len[LIBRARY_THEME], library->token_count))
        return false;
    for (size_t b = at->block_from; b < (size_t)at->block_from + at->block_count; b++)
        if (!range_fits(library->blocks[b].from, library->blocks[b].len, at->text.len) ||
            library->blocks[b].kind > SOURCE_CONTACT ||
            (library->blocks[b].kind == SOURCE_HEADING && library->blocks[b].level > SOURCE_LEVEL_MAX))
            return false;
    return true;
}

static bool words_fit(const struct library *library)
{
    for (size_t i = 0; i < library->word_count; i++) {
        const struct library_word *at = &library->words[i];
        if (!slice_fits(library, (struct library_slice){at->text_from, at->text_len}) ||
            at->stem >= library->stem_count ||
            !range_fits(at->posting_from, at->posting_count, library->posting_count))
            return false;
    }
    for (size_t i = 0; i < library->stem_count; i++) {
        const struct library_stem *at = &library->stems[i];
        if (!slice_fits(library, (struct library_slice){at->name_from, at->name_len}) ||
            !range_fits(at->member_from, at->member_count, library->member_count))
            return false;
    }
    return true;
}

static bool numbers_fit(const struct library *library)
{
    for (size_t i = 0; i < library->token_count; i++)
        if (library->tokens[i] >= library->word_count)
            return false;
    for (size_t i = 0; i < library->member_count; i++)
        if (library->members[i] >= library->word_count)
            return false;
    for (size_t i = 0; i < library->posting_count; i++)
        if (library->postings[i].source >= library->source_count)
            return false;
    for (size_t i = 0; i < library->delete_count; i++)
        if (library->deletes[i].word >= library->word_count)
            return false;
    for (size_t i = 0; i < library->block_count; i++)
        if (!range_fits(library->block_tokens[i].token_from, library->block_tokens[i].token_count,
                        library->token_count))
            return false;
    return true;
}

static const void *part(struct str image, const struct library_head *head, enum library_part number)
{
    return image.at + head->parts[number].from;
}

static void point_into(struct str image, const struct library_head *head, struct library *library)
{
    *library = (struct library){
        .strings = {part(image, head, PART_STRINGS), (size_t)head->parts[PART_STRINGS].count},
        .sources = part(image, head, PART_SOURCES),
        .blocks = part(image, head, PART_BLOCKS),
        .block_tokens = part(image, head, PART_BLOCK_TOKENS),
        .tokens = part(image, head, PART_TOKENS),
        .words = part(image, head, PART_WORDS),
        .postings = part(image, head, PART_POSTINGS),
        .stems = part(image, head, PART_STEMS),
        .members = part(image, head, PART_MEMBERS),
        .deletes = part(image, head, PART_DELETES),
        .source_count = (size_t)head->parts[PART_SOURCES].count,
        .block_count = (size_t)head->parts[PART_BLOCKS].count,
        .token_count = (size_t)head->parts[PART_TOKENS].count,
        .word_count = (size_t)head->parts[PART_WORDS].count,
        .posting_count = (size_t)head->parts[PART_POSTINGS].count,
        .stem_count = (size_t)head->parts[PART_STEMS].count,
        .member_count = (size_t)head->parts[PART_MEMBERS].count,
        .delete_count = (size_t)head->parts[PART_DELETES].count,
    };
    for (size_t f = 0; f < LIBRARY_FIELDS; f++)
        library->mean_len[f] = head->mean_len[f] >= 1 ? head->mean_len[f] : 1;
}

enum status library_open(struct str image, struct library *ret_library)
{
    struct library_head head;
    struct library library;
    if ((uintptr_t)image.at % alignof(uint64_t) != 0)
        return INVALID;
    if (image.len < sizeof head)
        return CORRUPT;
    memcpy(&head, image.at, sizeof head);
    if (memcmp(head.magic, LIBRARY_MAGIC, sizeof head.magic) != 0 || head.size != image.len ||
        head.sum != library_image_sum(head, image))
        return CORRUPT;
    for (size_t i = 0; i < LIBRARY_PARTS; i++)
        if (head.parts[i].count > image.len || head.parts[i].from % 8 != 0 ||
            !range_fits(head.parts[i].from, head.parts[i].count * library_record_sizes[i], image.len))
            return CORRUPT;
    point_into(image, &head, &library);
    if (library.block_count != head.parts[PART_BLOCK_TOKENS].count || !numbers_fit(&library) || !words_fit(&library))
        return CORRUPT;
    for (size_t i = 0; i < library.source_count; i++)
        if (!source_fits(&library, &library.sources[i]))
            return CORRUPT;
    *ret_library = library;
    return OK;
}

struct library library_of_made(struct str image)
{
    struct library_head head;
    struct library library;
    REQUIRE((uintptr_t)image.at % alignof(uint64_t) == 0 && image.len >= sizeof head);
    memcpy(&head, image.at, sizeof head);
    REQUIRE(memcmp(head.magic, LIBRARY_MAGIC, sizeof head.magic) == 0 && head.size == image.len);
    point_into(image, &head, &library);
    return library;
}

/* ---- sources ---- */

static struct str string(const struct library *library, struct library_slice slice)
{
    return str_slice(library->strings, slice.from, (size_t)slice.from + slice.len);
}

struct source library_source(const struct library *library, size_t number)
{
    REQUIRE(number < library->source_count);
    const struct library_source *at = &library->sources[number];
    return (struct source){.id = string(library, at->id),
                           .title = string(library, at->title),
                           .theme = string(library, at->theme),
                           .date = string(library, at->date),
                           .url = string(library, at->url),
                           .publisher = string(library, at->publisher),
                           .licence = string(library, at->licence),
                           .text = string(library, at->text),
                           .blocks = library->blocks + at->block_from,
                           .block_count = at->block_count};
}

int64_t library_source_of_id(const struct library *library, struct str id)
{
    for (size_t i = 0; i < library->source_count; i++)
        if (str_eq(string(library, library->sources[i].id), id))
            return (int64_t)i;
    return LIBRARY_NONE;
}

bool library_is_same(const struct library *library, size_t one, size_t other)
{
    return str_eq(string(library, library->sources[one].id), string(library, library->sources[other].id));
}

uint32_t library_field_len(const struct library *library, size_t source, enum library_field field)
{
    return library->sources[source].field_len[field];
}

const uint32_t *library_title_tokens(const struct library *library, size_t source, size_t *ret_count)
{
    *ret_count = library->sources[source].title_count;
    return library->tokens + library->sources[source].title_from;
}

size_t library_first_block(const struct library *library, size_t source)
{
    return library->sources[source].block_from;
}

/* ---- words ---- */

struct str library_word_text(const struct library *library, size_t word)
{
    return string(library, (struct library_slice){library->words[word].text_from, library->words[word].text_len});
}

int64_t library_word_of(const struct library *library, struct str folded)
{
    size_t low = 0, high = library->word_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(library_word_text(library, middle), folded);
        if (order == 0)
            return (int64_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return LIBRARY_NONE;
}

int64_t library_stem_of(const struct library *library, struct str stem)
{
    size_t low = 0, high = library->stem_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct library_stem *at = &library->stems[middle];
        int order = str_compare(string(library, (struct library_slice){at->name_from, at->name_len}), stem);
        if (order == 0)
            return (int64_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return LIBRARY_NONE;
}

/* ---- spelling ---- */

/* Letters inserted, left out, changed or swapped between a and b; `most` + 1 when there are more. */
static unsigned distance(struct str a, struct str b, unsigned most)
{
    unsigned rows[3][REPAIR_LETTERS_MAX + 2];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        unsigned least = row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            unsigned best = above[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
            least = best < least ? best : least;
        }
        if (least > most)
            return most + 1;
    }
    return rows[a.len % 3][b.len];
}

struct repair {
    const struct library *library;
    struct str word;
    int64_t best;
    unsigned best_distance;
};

static void try_form(struct repair *repair, struct str form)
{
    const struct library *library = repair->library;
    uint32_t hash = library_hash(form);
    size_t low = 0, high = library->delete_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (library->deletes[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < library->delete_count && library->deletes[low].hash == hash; low++) {
        uint32_t word = library->deletes[low].word;
        struct str text = library_word_text(library, word);
        if (text.len > REPAIR_LETTERS_MAX)
            continue;
        unsigned apart = distance(repair->word, text, repair->best_distance);
        bool is_commoner = repair->best == LIBRARY_NONE || library->words[word].posting_count >
                                                               library->words[repair->best].posting_count;
        if (apart < repair->best_distance || (apart == repair->best_distance && is_commoner)) {
            repair->best = word;
            repair->best_distance = apart;
        }
    }
}

int64_t library_repair(const struct library *library, struct str folded)
{
    char form[REPAIR_LETTERS_MAX];
    struct repair repair = {.library = library, .word = folded, .best = LIBRARY_NONE,
                            .best_distance = folded.len >= REPAIR_TWICE_MIN ? 2 : 1};
    if (folded.len < REPAIR_LETTERS_MIN || folded.len > REPAIR_LETTERS_MAX)
        return LIBRARY_NONE;
    for (size_t i = 0; i < folded.len; i++)
        if (folded.at[i] < 'a' || folded.at[i] > 'z')
            return LIBRARY_NONE;
    try_form(&repair, folded);
    for (size_t i = 0; i < folded.len; i++) {
        memcpy(form, folded.at, i);
        memcpy(form + i, folded.at + i + 1, folded.len - i - 1);
        try_form(&repair, (struct str){form, folded.len - 1});
    }
    return repair.best;
}
