#include <stdlib.h>

#include "language/plain.h"
#include "language/source/library_image.h"
#include "language/source/words.h"
#include "language/stem.h"
#include "language/token.h"

enum { FIRST_ROOM = 1 << 16, DELETE_LETTERS_MIN = 4, DELETE_LETTERS_MAX = 24 };

const size_t library_record_sizes[LIBRARY_PARTS] = {
    [PART_STRINGS] = 1,
    [PART_SOURCES] = sizeof(struct library_source),
    [PART_BLOCKS] = sizeof(struct source_block),
    [PART_BLOCK_TOKENS] = sizeof(struct library_block),
    [PART_TOKENS] = sizeof(uint32_t),
    [PART_WORDS] = sizeof(struct library_word),
    [PART_POSTINGS] = sizeof(struct library_posting),
    [PART_STEMS] = sizeof(struct library_stem),
    [PART_MEMBERS] = sizeof(uint32_t),
    [PART_DELETES] = sizeof(struct library_delete),
};

/* A posting before postings are sorted by word. */
struct raw_posting {
    uint32_t word;
    struct library_posting posting;
};

/* Words and stems as they come; numbers are given in the order of arrival and change at the end. */
struct raw_word {
    struct library_slice text, stem;
    uint32_t posting_count;
    uint32_t last; /* one more than the newest raw posting of the word */
    uint32_t final, hash;
    bool is_empty;
};

struct library_builder {
    struct stemmer *stemmer;
    struct buf parts[LIBRARY_PARTS];
    struct buf raw_postings;
    struct buf plain;
    struct raw_word *words;
    uint32_t *slots; /* one more than the word's number */
    size_t word_count, word_room, slot_count;
    bool is_full;
};

uint32_t library_hash(struct str form)
{
    uint64_t hash = 0x9E3779B97F4A7C15u;
    for (size_t i = 0; i < form.len; i++)
        hash = (hash ^ (unsigned char)form.at[i]) * 0xFF51AFD7ED558CCDu;
    return (uint32_t)(hash >> 32);
}

uint64_t library_sum(struct str bytes)
{
    uint64_t sum = bytes.len, word;
    size_t at = 0;
    for (; at + sizeof word <= bytes.len; at += sizeof word) {
        memcpy(&word, bytes.at + at, sizeof word);
        sum = (sum ^ word) * 0x9FB21C651E98DF25u;
        sum ^= sum >> 29;
    }
    for (; at < bytes.len; at++)
        sum = (sum ^ (unsigned char)bytes.at[at]) * 0x9FB21C651E98DF25u;
    return sum;
}

uint64_t library_image_sum(struct library_head head, struct str image)
{
    head.sum = 0;
    return library_sum((struct str){(const char *)&head, sizeof head}) ^
           library_sum(str_after(image, sizeof head));
}

struct library_builder *library_builder_create(void)
{
    struct library_builder *builder = calloc(1, sizeof *builder);
    REQUIRE(builder != NULL);
    builder->stemmer = stemmer_create();
    for (size_t i = 0; i < LIBRARY_PARTS; i++)
        builder->parts[i] = BUF_INIT(LIBRARY_PART_MAX);
    builder->raw_postings = BUF_INIT(2 * (size_t)LIBRARY_PART_MAX);
    builder->plain = BUF_INIT(3 * SOURCE_TEXT_MAX + 16);
    builder->word_room = FIRST_ROOM;
    builder->slot_count = 2 * FIRST_ROOM;
    builder->words = calloc(builder->word_room, sizeof *builder->words);
    builder->slots = calloc(builder->slot_count, sizeof *builder->slots);
    REQUIRE(builder->words != NULL && builder->slots != NULL);
    return builder;
}

void library_builder_destroy(struct library_builder *builder)
{
    if (builder == NULL)
        return;
    stemmer_destroy(builder->stemmer);
    for (size_t i = 0; i < LIBRARY_PARTS; i++)
        buf_finish(&builder->parts[i]);
    buf_finish(&builder->raw_postings);
    buf_finish(&builder->plain);
    free(builder->words);
    free(builder->slots);
    free(builder);
}

/* ---- words ---- */

static void add_record(struct library_builder *builder, enum library_part part, const void *record)
{
    buf_add(&builder->parts[part], (struct str){record, library_record_sizes[part]});
}

static struct library_slice keep(struct library_builder *builder, struct str text)
{
    struct library_slice slice = {(uint32_t)builder->parts[PART_STRINGS].len, (uint32_t)text.len};
    buf_add(&builder->parts[PART_STRINGS], text);
    return slice;
}

static struct str kept_text(const struct library_builder *builder, struct library_slice slice)
{
    return str_slice(buf_str(&builder->parts[PART_STRINGS]), slice.from, (size_t)slice.from + slice.len);
}

static void grow_words(struct library_builder *builder)
{
    builder->word_room *= 2;
    builder->slot_count *= 2;
    builder->words = realloc(builder->words, builder->word_room * sizeof *builder->words);
    free(builder->slots);
    builder->slots = calloc(builder->slot_count, sizeof *builder->slots);
    REQUIRE(builder->words != NULL && builder->slots != NULL);
    for (size_t i = 0; i < builder->word_count; i++) {
        size_t slot = builder->words[i].hash & (builder->slot_count - 1);
        while (builder->slots[slot] != 0)
            slot = (slot + 1) & (builder->slot_count - 1);
        builder->slots[slot] = (uint32_t)i + 1;
    }
}

static uint32_t add_word(struct library_builder *builder, struct str word, uint32_t hash, size_t slot)
{
    uint32_t number = (uint32_t)builder->word_count++;
    struct str stem = stem_of(builder->stemmer, word);
    builder->words[number] = (struct raw_word){.text = keep(builder, word), .hash = hash,
                                               .is_empty = word_is_empty(word)};
    builder->words[number].stem = str_eq(stem, word) ? builder->words[number].text : keep(builder, stem);
    builder->slots[slot] = number + 1;
    if (builder->word_count == builder->word_room)
        grow_words(builder);
    return number;
}

static uint32_t word_number(struct library_builder *builder, struct str word)
{
    uint32_t hash = library_hash(word);
    size_t slot = hash & (builder->slot_count - 1);
    for (; builder->slots[slot] != 0; slot = (slot + 1) & (builder->slot_count - 1)) {
        uint32_t number = builder->slots[slot] - 1;
        if (builder->words[number].hash == hash && str_eq(kept_text(builder, builder->words[number].text), word))
            return number;
    }
    if (builder->word_count >= LIBRARY_WORDS_MAX) {
        builder->is_full = true;
        return 0;
    }
    return add_word(builder, word, hash, slot);
}

/* One more of a word in a field of the newest source. */
static void count_word(struct library_builder *builder, uint32_t number, uint32_t source, enum library_field field)
{
    struct raw_word *word = &builder->words[number];
    struct raw_posting *postings = (struct raw_posting *)builder->raw_postings.at;
    if (word->last == 0 || postings[word->last - 1].posting.source != source) {
        struct raw_posting fresh = {.word = number, .posting = {.source = source}};
        buf_add(&builder->raw_postings, (struct str){(const char *)&fresh, sizeof fresh});
        if (builder->raw_postings.is_over)
            return;
        postings = (struct raw_posting *)builder->raw_postings.at;
        word->last = (uint32_t)(builder->raw_postings.len / sizeof fresh);
        word->posting_count++;
    }
    uint8_t *count = &postings[word->last - 1].posting.counts[field];
    if (*count < UINT8_MAX)
        ++*count;
}

/* The words of a text go behind the other tokens. Returns how many. */
static uint32_t add_tokens(struct library_builder *builder, struct str text, uint32_t source, enum library_field field)
{
    struct str rest, token;
    uint32_t count = 0;
    buf_clear(&builder->plain);
    plain_write(&builder->plain, text);
    rest = buf_str(&builder->plain);
    while (token_next(&rest, &token)) {
        uint32_t number = word_number(builder, token);
        add_record(builder, PART_TOKENS, &number);
        count_word(builder, number, source, field);
        count++;
    }
    return count;
}

static uint32_t record_count(const struct library_builder *builder, enum library_part part)
{
    return (uint32_t)(builder->parts[part].len / library_record_sizes[part]);
}

static enum library_field field_of(uint8_t kind)
{
    return kind == SOURCE_HEADING ? LIBRARY_HEADING : kind == SOURCE_LEAD ? LIBRARY_LEAD : LIBRARY_BODY;
}

static void add_block(struct library_builder *builder, const struct source *source, size_t block, uint32_t number,
                      uint32_t *field_len)
{
    const struct source_block *at = &source->blocks[block];
    struct library_block tokens = {.token_from = record_count(builder, PART_TOKENS)};
    /* References and places to ask are shown, and never looked for. */
    if (at->kind < SOURCE_REFERENCE)
        tokens.token_count = add_tokens(builder, source_block_text(source, block), number, field_of(at->kind));
    field_len[field_of(at->kind)] += tokens.token_count;
    add_record(builder, PART_BLOCKS, at);
    add_record(builder, PART_BLOCK_TOKENS, &tokens);
}

enum status library_builder_add(struct library_builder *builder, const struct source *source)
{
    uint32_t number = record_count(builder, PART_SOURCES);
    if (number == LIBRARY_SOURCES_MAX || source->text.len > SOURCE_TEXT_MAX || source->block_count > SOURCE_BLOCKS_MAX)
        return LIMIT;
    struct library_source record = {
        .id = keep(builder, source->id),
        .title = keep(builder, source->title),
        .theme = keep(builder, source->theme),
        .date = keep(builder, source->date),
        .url = keep(builder, source->url),
        .publisher = keep(builder, source->publisher),
        .licence = keep(builder, source->licence),
        .text = keep(builder, source->text),
        .block_from = record_count(builder, PART_BLOCKS),
        .block_count = (uint32_t)source->block_count,
        .title_from = record_count(builder, PART_TOKENS),
    };
    record.title_count = add_tokens(builder, source->title, number, LIBRARY_TITLE);
    record.field_len[LIBRARY_TITLE] = record.title_count;
    record.field_len[LIBRARY_THEME] = add_tokens(builder, source->theme, number, LIBRARY_THEME);
    for (size_t i = 0; i < source->block_count; i++)
        add_block(builder, source, i, number, record.field_len);
    add_record(builder, PART_SOURCES, &record);
    return builder->is_full || builder->raw_postings.is_over || builder->parts[PART_STRINGS].is_over ? LIMIT : OK;
}

/* ---- the end: words in the order of their bytes, postings by word, stems with their words ---- */

struct order {
    struct str text;
    uint32_t number;
};

static int compare_order(const void *a, const void *b)
{
    return str_compare(((const struct order *)a)->text, ((const struct order *)b)->text);
}

static struct order *words_in_order(struct library_builder *builder, bool by_stem)
{
    struct order *order = calloc(builder->word_count + 1, sizeof *order);
    REQUIRE(order != NULL);
    for (size_t i = 0; i < builder->word_count; i++) {
        struct raw_word *word = &builder->words[i];
        order[i] = (struct order){kept_text(builder, by_stem ? word->stem : word->text), (uint32_t)i};
    }
    qsort(order, builder->word_count, sizeof *order, compare_order);
    return order;
}

static void write_words(struct library_builder *builder)
{
    struct order *order = words_in_order(builder, false);
    uint32_t posting = 0;
    for (size_t i = 0; i < builder->word_count; i++) {
        struct raw_word *raw = &builder->words[order[i].number];
        struct library_word word = {.text_from = raw->text.from, .text_len = (uint8_t)raw->text.len,
                                    .posting_from = posting, .posting_count = raw->posting_count,
                                    .is_empty = raw->is_empty};
        raw->final = (uint32_t)i;
        posting += raw->posting_count;
        add_record(builder, PART_WORDS, &word);
    }
    free(order);
}

static void write_postings(struct library_builder *builder)
{
    struct library_word *words = (struct library_word *)builder->parts[PART_WORDS].at;
    const struct raw_posting *raw = (const struct raw_posting *)builder->raw_postings.at;
    size_t count = builder->raw_postings.len / sizeof *raw;
    size_t size = count * sizeof(struct library_posting);
    char *at = buf_reserve(&builder->parts[PART_POSTINGS], size + 1);
    uint32_t *used = calloc(builder->word_count + 1, sizeof *used);
    REQUIRE(used != NULL);
    if (at != NULL) {
        struct library_posting *postings = (struct library_posting *)at;
        for (size_t i = 0; i < count; i++) {
            uint32_t word = builder->words[raw[i].word].final;
            postings[words[word].posting_from + used[word]++] = raw[i].posting;
        }
        buf_grew(&builder->parts[PART_POSTINGS], size);
    }
    free(used);
    uint32_t *tokens = (uint32_t *)builder->parts[PART_TOKENS].at;
    for (size_t i = 0; i < record_count(builder, PART_TOKENS); i++)
        tokens[i] = builder->words[tokens[i]].final;
}

/* In how many sources any of some words stands. `seen` has, by source, one more than the newest stem. */
static uint32_t count_sources(struct library_builder *builder, const uint32_t *members, size_t count, uint32_t stem,
                              uint32_t *seen)
{
    const struct library_word *words = (const struct library_word *)builder->parts[PART_WORDS].at;
    const struct library_posting *postings = (const struct library_posting *)builder->parts[PART_POSTINGS].at;
    uint32_t sources = 0;
    for (size_t i = 0; i < count; i++)
        for (uint32_t p = 0; p < words[members[i]].posting_count; p++) {
            uint32_t *at = &seen[postings[words[members[i]].posting_from + p].source];
            sources += *at != stem + 1;
            *at = stem + 1;
        }
    return sources;
}

static void write_stems(struct library_builder *builder)
{
    struct order *order = words_in_order(builder, true);
    struct library_word *words = (struct library_word *)builder->parts[PART_WORDS].at;
    uint32_t *seen = calloc(LIBRARY_SOURCES_MAX, sizeof *seen);
    REQUIRE(seen != NULL);
    for (size_t i = 0; i < builder->word_count;) {
        uint32_t number = record_count(builder, PART_STEMS), first = record_count(builder, PART_MEMBERS);
        struct library_slice name = builder->words[order[i].number].stem;
        struct library_stem stem = {.name_from = name.from, .name_len = name.len, .member_from = first};
        struct str text = order[i].text;
        for (; i < builder->word_count && str_eq(order[i].text, text); i++, stem.member_count++) {
            uint32_t final = builder->words[order[i].number].final;
            add_record(builder, PART_MEMBERS, &final);
            words[final].stem = number;
        }
        const uint32_t *members = (const uint32_t *)builder->parts[PART_MEMBERS].at;
        if (!builder->parts[PART_MEMBERS].is_over)
            stem.source_count = count_sources(builder, members + first, stem.member_count, number, seen);
        add_record(builder, PART_STEMS, &stem);
    }
    free(seen);
    free(order);
}

static bool has_letters_alone(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z')
            return false;
    return word.len >= DELETE_LETTERS_MIN && word.len <= DELETE_LETTERS_MAX;
}

static int compare_delete(const void *a, const void *b)
{
    const struct library_delete *one = a, *two = b;
    if (one->hash != two->hash)
        return one->hash < two->hash ? -1 : 1;
    return (one->word > two->word) - (one->word < two->word);
}

static void write_deletes(struct library_builder *builder)
{
    const struct library_word *words = (const struct library_word *)builder->parts[PART_WORDS].at;
    for (uint32_t w = 0; w < builder->word_count; w++) {
        struct str text = kept_text(builder, (struct library_slice){words[w].text_from, words[w].text_len});
        /* What stands in one source alone may itself be a mistake. */
        if (!has_letters_alone(text) || words[w].posting_count < 2)
            continue;
        char form[DELETE_LETTERS_MAX];
        struct library_delete whole = {library_hash(text), w};
        add_record(builder, PART_DELETES, &whole);
        for (size_t i = 0; i < text.len; i++) {
            memcpy(form, text.at, i);
            memcpy(form + i, text.at + i + 1, text.len - i - 1);
            struct library_delete less = {library_hash((struct str){form, text.len - 1}), w};
            add_record(builder, PART_DELETES, &less);
        }
    }
    struct buf *deletes = &builder->parts[PART_DELETES];
    if (deletes->len > 0)
        qsort(deletes->at, record_count(builder, PART_DELETES), sizeof(struct library_delete), compare_delete);
}

static void add_means(const struct library_builder *builder, struct library_head *head)
{
    const struct library_source *sources = (const struct library_source *)builder->parts[PART_SOURCES].at;
    size_t count = record_count(builder, PART_SOURCES);
    for (size_t f = 0; f < LIBRARY_FIELDS; f++) {
        double sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += sources[i].field_len[f];
        head->mean_len[f] = count > 0 && sum > 0 ? (float)(sum / (double)count) : 1;
    }
}

enum status library_builder_end(struct library_builder *builder, struct buf *image)
{
    static const char zeros[8];
    struct library_head head = {.size = sizeof head};
    memcpy(head.magic, LIBRARY_MAGIC, sizeof head.magic);
    write_words(builder);
    write_postings(builder);
    write_stems(builder);
    write_deletes(builder);
    add_means(builder, &head);
    for (size_t i = 0; i < LIBRARY_PARTS; i++) {
        TRY(buf_status(&builder->parts[i]));
        head.parts[i].from = head.size;
        head.parts[i].count = builder->parts[i].len / library_record_sizes[i];
        head.size += (builder->parts[i].len + 7) / 8 * 8;
    }
    buf_clear(image);
    if (buf_reserve(image, head.size) == NULL)
        return LIMIT;
    buf_add(image, (struct str){(const char *)&head, sizeof head});
    for (size_t i = 0; i < LIBRARY_PARTS; i++) {
        buf_add(image, buf_str(&builder->parts[i]));
        buf_add(image, (struct str){zeros, (8 - builder->parts[i].len % 8) % 8});
    }
    TRY(buf_status(image));
    head.sum = library_image_sum(head, buf_str(image));
    memcpy(image->at, &head, sizeof head);
    return OK;
}
